using CopilotBot.Knowledge;
using CopilotBot.Pages;

namespace CopilotBot.Tests.Web;

public sealed class ListNodeTests
{
    [Fact]
    public void Deeper_items_hang_below_the_item_before_them()
    {
        var nodes = ListNode.Nest([Item(0), Item(1), Item(2), Item(1), Item(0)]);

        Shape(nodes).ShouldBe("[[[]][]][]");
    }

    [Fact]
    public void A_list_that_starts_deep_is_kept_whole() => Shape(ListNode.Nest([Item(2), Item(0), Item(3)])).ShouldBe("[][[]]");

    private static ListItem Item(int depth) => new(new TextSpan(0, 0), depth, "-");

    private static string Shape(IReadOnlyList<ListNode> nodes) => string.Concat(nodes.Select(node => $"[{Shape(node.Children)}]"));
}
