using System.Text.RegularExpressions;
using CopilotBot.Inference;

namespace CopilotBot.Extraction;

/// <summary>A title for a ticket, out of the message's own words.</summary>
public static partial class TicketSummary
{
    /// <summary>In characters.</summary>
    public const int Longest = 100;

    /// <summary>The first sentence that names what is affected; without greetings and without the request for a ticket.</summary>
    public static string Of(string text, TaggedText reading)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reading);
        var named = reading.Spans.Where(span => span.Label is Slots.System or Slots.Error).Select(span => span.Span.Of(text)).ToList();
        var sentences = SentenceEnd().Split(text).Select(Strip).Where(sentence => sentence.Length > 0).ToList();
        var sentence = sentences.Find(candidate => named.Exists(name => candidate.Contains(name, StringComparison.Ordinal)) && IsLong(candidate))
            ?? sentences.Find(IsLong)
            ?? sentences.FirstOrDefault()
            ?? Spaces().Replace(text, " ").Trim();
        return Begin(Cut(sentence));
    }

    private static bool IsLong(string sentence) => sentence.Count(character => character == ' ') >= 2;

    private static string Strip(string sentence)
    {
        var rest = Spaces().Replace(sentence, " ").Trim(' ', '-', '*', '>', '•');
        for (var before = ""; before != rest;)
        {
            before = rest;
            rest = Request().Replace(Greeting().Replace(rest, ""), "").TrimStart(' ', ',', ':', '-', '–', '!');
        }

        return rest.TrimEnd(' ', '.', ',', ';', ':', '!');
    }

    private static string Cut(string sentence)
    {
        if (sentence.Length <= Longest)
        {
            return sentence;
        }

        var at = sentence.LastIndexOf(' ', Longest);
        return sentence[..(at > 0 ? at : char.IsHighSurrogate(sentence[Longest - 1]) ? Longest - 1 : Longest)].TrimEnd(' ', ',', ';', ':', '-', '(');
    }

    /// <summary>A capital, but for names such as iOS and hosts such as app-3.</summary>
    private static string Begin(string sentence) =>
        sentence.Length > 1 && char.IsLower(sentence[0]) && FirstWord().IsMatch(sentence) ? char.ToUpperInvariant(sentence[0]) + sentence[1..] : sentence;

    [GeneratedRegex(@"(?<=[.!?])\s+|\s*\n\s*")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?:hi|hello|hey|hiya|moin|good (?:morning|afternoon|evening|day)|dear|greetings)\b(?: (?:all|team|everyone|everybody|folks|guys|there|bot|colleagues?|support|it|help ?desk|sir|madam|both))*\s*[,!.:–-]*|^(?:so|uh+|um+|ok|okay|well|fyi|heads up|quick one|sorry(?: for my english)?)\b\s*[,!.:–-]*", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^(?:(?:can|could|would|will) (?:you|somebody|someone|we)|please|pls|plz|kindly|i(?:'d| would) like(?: you)? to|i want to|i need to|let's|we need to)\b[ ,]*(?:please |pls )?(?=(?:raise|open|create|log|file|make|submit|report|register)\b)|^(?:raise|open|create|log|file|make|submit|register)\b(?: (?:me|us|for me|for us|please|pls))*(?: (?:an?|the|new|another|one|high|low|medium|urgent|critical|p[1-5]|priority|prio))*(?: [\w-]+){0,2}? (?:tickets?|incidents?|bugs?|issues?|requests?|tasks?|cases?|defects?|stor(?:y|ies)|problems?)\b(?: (?:for|about|that|because|saying|as|on|to|regarding|with|please|pls))*\s*[:,–-]*", RegexOptions.IgnoreCase)]
    private static partial Regex Request();

    [GeneratedRegex(@"^\p{Ll}+[ ,']")]
    private static partial Regex FirstWord();
}
