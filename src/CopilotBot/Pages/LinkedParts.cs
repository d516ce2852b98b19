using CopilotBot.Knowledge;

namespace CopilotBot.Pages;

/// <summary>Splits a span of a document at its links. Only absolute web addresses become links: everything else is words.</summary>
internal static class LinkedParts
{
    public static IEnumerable<(string Text, string? Target)> Split(StructuredText text, TextSpan span)
    {
        var at = span.Start;
        foreach (var link in text.Links.Where(link => link.Span.Start >= span.Start && link.Span.End <= span.End && IsWeb(link.Target)).OrderBy(link => link.Span.Start))
        {
            if (link.Span.Start < at || link.Span.Length == 0)
            {
                continue;
            }

            if (link.Span.Start > at)
            {
                yield return (text.Text[at..link.Span.Start], null);
            }

            yield return (link.Span.Of(text.Text), link.Target);
            at = link.Span.End;
        }

        if (at < span.End)
        {
            yield return (text.Text[at..span.End], null);
        }
    }

    public static bool IsWeb(string target) =>
        Uri.TryCreate(target, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
