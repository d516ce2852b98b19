using System.Text.RegularExpressions;
using CopilotBot.Inference;
using CopilotBot.Knowledge;

namespace CopilotBot.Extraction;

/// <summary>What patterns know better than a tagger: where the key of a ticket begins and ends, and which marks do not belong to a span.</summary>
internal static partial class SpanRepair
{
    /// <summary>Of a key that only the pattern found.</summary>
    private const double PatternAlone = .7;

    public static TaggedText Apply(string text, TaggedText reading) => reading with { Spans = CompleteKeys(text, [.. reading.Spans.Select(span => Trim(text, span)).Where(span => span.Span.Length > 0)]) };

    /// <summary>A key is never half a span; one that no span holds is a span of its own.</summary>
    private static List<TaggedSpan> CompleteKeys(string text, List<TaggedSpan> spans)
    {
        foreach (Match match in Key().Matches(text))
        {
            var key = new TextSpan(match.Index, match.Length);
            var touching = spans.Where(span => span.Span.Start < key.End && key.Start < span.Span.End).ToList();
            if (touching.Exists(span => span.Label == Slots.TicketKey))
            {
                spans.RemoveAll(touching.Contains);
                spans.Add(new TaggedSpan(Slots.TicketKey, key, touching.Max(span => span.Probability)));
            }
            else if (touching.Count == 0 && match.Groups["large"].Success)
            {
                spans.Add(new TaggedSpan(Slots.TicketKey, key, PatternAlone));
            }
        }

        return [.. spans.OrderBy(span => span.Span.Start)];
    }

    private static TaggedSpan Trim(string text, TaggedSpan span)
    {
        if (span.Label == Slots.Comment)
        {
            return span;
        }

        var (start, end) = (span.Span.Start, span.Span.End);
        while (start < end && text[start] is ',' or ';' or ':' or '!' or '?' or ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] is ',' or ';' or ':' or '!' or '?' or ' ')
        {
            end--;
        }

        return span with { Span = new TextSpan(start, end - start) };
    }

    /// <summary>
    /// Letters, a dash, a number without a leading zero (form and device numbers have one), or a service desk's number such as INC0012345. In small letters only where a
    /// span already says that it is one.
    /// </summary>
    [GeneratedRegex(@"(?<![\w-])(?:(?<large>[A-Z][A-Z0-9]{1,11}(?:-[A-Z]{2,8})?-[1-9]\d{0,5}|(?:INC|CHG|RITM|REQ|PRB|S?C?TASK)\d{5,10})|[A-Za-z][A-Za-z0-9]{1,11}(?:-[A-Za-z]{2,8})?-\d{1,6})(?![\w-])")]
    private static partial Regex Key();
}
