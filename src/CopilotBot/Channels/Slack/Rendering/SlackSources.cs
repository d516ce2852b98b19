using System.Globalization;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;
using CopilotBot.Knowledge;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>The sources of an answer, numbered as its markers are. Rich text shows words as they are: a title needs no escaping and cannot act.</summary>
internal static class SlackSources
{
    /// <summary>Sources of one list; Slack's own guide shows no more.</summary>
    public const int MostInList = 10;

    private const int LongestPath = 200;

    /// <param name="citations">Numbered from 1, in order.</param>
    /// <param name="maximum">Characters of one list as JSON; more than any source alone needs.</param>
    public static IReadOnlyList<JsonObject> Lists(IReadOnlyList<Citation> citations, DateTimeOffset now, int maximum)
    {
        var lists = new List<JsonObject>();
        for (var from = 0; from < citations.Count;)
        {
            var count = Math.Min(MostInList, citations.Count - from);
            var list = Write(citations, from, count, now);
            while (count > 1 && SlackMessage.LengthOf(list) > maximum)
            {
                list = Write(citations, from, --count, now);
            }

            lists.Add(list);
            from += count;
        }

        return lists;
    }

    /// <summary>The first of the lists, saying how many sources it does not name.</summary>
    public static JsonObject FirstOf(IReadOnlyList<JsonObject> lists, int citations)
    {
        var first = lists[0].DeepClone().AsObject();
        var shown = first["elements"]![1]!["elements"]!.AsArray().Count; // as Write made it
        if (shown < citations)
        {
            first["elements"]!.AsArray().Add(SlackBlocks.RichSection(SlackBlocks.RichWords(string.Create(CultureInfo.InvariantCulture, $"and {citations - shown} more"))));
        }

        return first;
    }

    private static JsonObject Write(IReadOnlyList<Citation> citations, int from, int count, DateTimeOffset now) => SlackBlocks.RichText(
        SlackBlocks.RichSection(SlackBlocks.RichBold(from == 0 ? "Sources" : "More sources")),
        SlackBlocks.RichList("ordered", citations.Skip(from).Take(count).Select(citation => Source(citation, now)), from));

    private static JsonObject Source(Citation citation, DateTimeOffset now)
    {
        var path = PlainText.Clip(string.Join(" › ", citation.HeadingPath), LongestPath);
        return SlackBlocks.RichSection(
            SlackBlocks.RichLink(PlainText.Title(citation.Title), SafeLink.Parse(citation.Url)),
            SlackBlocks.RichWords($"{(path.Length > 0 ? $" · {path}" : "")} · {SourceAge.DescribeWithDate(citation.Updated, now)}"));
    }
}
