using System.Text.RegularExpressions;

namespace CopilotBot.Answering;

/// <summary>
/// Finds cited sentences of different documents that speak to the question with different values of one kind, where one document is older or says that it is
/// outdated. Two values without such a sign stay side by side: they may be about two things.
/// </summary>
public static partial class Disagreements
{
    /// <summary>Share of the question's content words that both have to hold, title and headings included.</summary>
    private const double MinimumShared = .6;

    /// <summary>What stays is in the order of the answer, the current sentence before anything of the outdated document; outdated sentences are taken out.</summary>
    public static (IReadOnlyList<VerifiedSentence> Sentences, IReadOnlyList<Disagreement> Found) Settle(string question, IReadOnlyList<VerifiedSentence> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var content = Content(question).ToHashSet(StringComparer.Ordinal);
        var found = new List<Disagreement>();
        foreach (var (current, outdated) in sentences.SelectMany(current => sentences.Select(outdated => (current, outdated))))
        {
            if (!found.Exists(known => known.Outdated == outdated || known.Current == outdated) && IsNewer(current, outdated) && Contradict(content, current, outdated))
            {
                found.Add(new Disagreement(current, outdated));
            }
        }

        if (found.Count == 0)
        {
            return (sentences, found);
        }

        var outdatedDocuments = found.Select(pair => pair.Outdated.Passages[0].Document.Id).ToHashSet();
        bool IsOutdated(VerifiedSentence sentence) => found.Exists(pair => pair.Outdated == sentence || (pair.Outdated.Passages[0] == sentence.Passages[0] && pair.Outdated.Text.Contains(sentence.Text, StringComparison.Ordinal)));
        return ([.. sentences.Where(sentence => !IsOutdated(sentence)).OrderBy(sentence => outdatedDocuments.Contains(sentence.Passages[0].Document.Id))], found);
    }

    /// <summary>A sign in one of the two, or else the later change by at least a day.</summary>
    private static bool IsNewer(VerifiedSentence current, VerifiedSentence outdated)
    {
        var (left, right) = (current.Passages[0].Document, outdated.Passages[0].Document);
        if (left.Id == right.Id)
        {
            return false;
        }

        var (isMarked, otherIsMarked) = (IsMarkedOutdated(outdated), IsMarkedOutdated(current));
        return isMarked != otherIsMarked ? isMarked : left.Updated - right.Updated >= TimeSpan.FromDays(1);
    }

    private static bool IsMarkedOutdated(VerifiedSentence sentence) =>
        OutdatedTitle().IsMatch(sentence.Passages[0].Document.Title) || OutdatedText().IsMatch(sentence.Passages[0].Candidate.Indexed.Chunk.Text);

    private static bool Contradict(HashSet<string> question, VerifiedSentence left, VerifiedSentence right)
    {
        var shared = Speaks(question, left);
        shared.IntersectWith(Speaks(question, right));
        return question.Count > 0 && shared.Count >= Math.Max(MinimumShared * question.Count, Math.Min(2, question.Count))
            && Kinds().Any(kind => OnlyValue(kind, left.Text) is { } first && OnlyValue(kind, right.Text) is { } second && !string.Equals(first, second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Words of the question that the sentence, its title or its headings hold.</summary>
    private static HashSet<string> Speaks(HashSet<string> question, VerifiedSentence sentence)
    {
        var words = Content($"{sentence.Passages[0].Candidate.Indexed.Chunk.Prefix} {sentence.Text}").ToHashSet(StringComparer.Ordinal);
        words.IntersectWith(question);
        return words;
    }

    private static IEnumerable<string> Content(string text) => UnitFeatures.Words(text).Where(word => word.Length > 2 && !FunctionWords.Contains(word)).Select(UnitFeatures.Stem);

    /// <summary>The kinds of value, the more special first: each is taken out of the sentence before the next is looked for.</summary>
    private static IEnumerable<Func<string, IReadOnlyList<string>>> Kinds()
    {
        yield return text => Values(Amount(), text);
        yield return text => Values(Duration(), Amount().Replace(text, " "));
        yield return text => Values(Version(), text);
        yield return text => Values(Address(), text);
        yield return text => Values(Number(), Date().Replace(Duration().Replace(Amount().Replace(Version().Replace(Address().Replace(text, " "), " "), " "), " "), " "));
        yield return text => Values(Date(), text);
    }

    private static string? OnlyValue(Func<string, IReadOnlyList<string>> kind, string text) => kind(text) is [var only] ? only : null;

    private static List<string> Values(Regex pattern, string text) => [.. pattern.Matches(text).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex(@"\b(?:outdated|superseded|obsolete|archived?|deprecated|old version|do not use)\b|\(old\b|\bold\)|\buntil \d{4}\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutdatedTitle();

    [GeneratedRegex(@"\bthis (?:page|document|guide|article|section|ticket) (?:is|was|has been) (?:outdated|out of date|superseded|obsolete|archived|deprecated|replaced|no longer (?:valid|current|maintained))\b|\b(?:superseded|replaced) by (?:the )?(?:page|document|guide|article|ticket)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutdatedText();

    [GeneratedRegex(@"[$€£]\s?\d[\d,.]*\d|[$€£]\s?\d|\d[\d,.]* ?(?:%|percent\b|dollars?\b|euros?\b|pounds?\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"(?:\d[\d.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve))[- ](?:(?:working|business|calendar) )?(?:minute|hour|day|week|month|year)", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\bv?\d+\.\d+(?:\.\d+)*\b", RegexOptions.IgnoreCase)]
    private static partial Regex Version();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b\d[\d,]*\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:,? \d{4})?|\b\d{4}-\d\d-\d\d\b", RegexOptions.IgnoreCase)]
    private static partial Regex Date();
}
