using CopilotBot.Knowledge;

namespace CopilotBot.Pages;

/// <summary>A list item with the items below it: the flat list of a document as the tree that HTML wants.</summary>
public sealed record ListNode(ListItem Item, IReadOnlyList<ListNode> Children)
{
    public static IReadOnlyList<ListNode> Nest(IReadOnlyList<ListItem> items)
    {
        var nodes = new List<ListNode>();
        for (var at = 0; at < items.Count;)
        {
            var below = items.Skip(at + 1).TakeWhile(next => next.Depth > items[at].Depth).ToList();
            nodes.Add(new ListNode(items[at], Nest(below)));
            at += 1 + below.Count;
        }

        return nodes;
    }
}
