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
            if (!found.Exists(known => known.Outdated == outdated || known.Current == outdated) && IsNewer(current.Passages[0], outdated.Passages[0]) && Contradict(content, (current.Passages[0], current.Text), (outdated.Passages[0], outdated.Text)))
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

    /// <summary>
    /// The best unit of another document that contradicts the one that an answer rests on and is more current; null when there is none. An answer that found only the
    /// outdated page would be wrong and sure of it.
    /// </summary>
    public static AnswerUnit? FindCorrection(string question, AnswerUnit best, IReadOnlyList<RankedUnit> ranked)
    {
        ArgumentNullException.ThrowIfNull(best);
        ArgumentNullException.ThrowIfNull(ranked);
        var content = Content(question).ToHashSet(StringComparer.Ordinal);
        return ranked.Select(unit => unit.Unit).FirstOrDefault(unit => IsNewer(unit.Passage, best.Passage) && Contradict(content, (unit.Passage, unit.Text), (best.Passage, best.Text)));
    }

    /// <summary>A sign in one of the two, or else the later change by at least a day.</summary>
    private static bool IsNewer(Passage current, Passage outdated)
    {
        if (current.Document.Id == outdated.Document.Id)
        {
            return false;
        }

        var (isMarked, otherIsMarked) = (IsMarkedOutdated(outdated), IsMarkedOutdated(current));
        return isMarked != otherIsMarked ? isMarked : current.Document.Updated - outdated.Document.Updated >= TimeSpan.FromDays(1);
    }

    private static bool IsMarkedOutdated(Passage passage) => OutdatedTitle().IsMatch(passage.Document.Title) || OutdatedText().IsMatch(passage.Candidate.Indexed.Chunk.Text);

    /// <summary>Both speak to the question and each gives one value of a kind, not the same one.</summary>
    internal static bool Contradict(HashSet<string> question, (Passage Passage, string Text) left, (Passage Passage, string Text) right)
    {
        var shared = Speaks(question, left);
        shared.IntersectWith(Speaks(question, right));
        return question.Count > 0 && shared.Count >= Math.Max(MinimumShared * question.Count, Math.Min(2, question.Count))
            && Values(left.Text).Zip(Values(right.Text)).Any(kind => kind.First is [var first] && kind.Second is [var second] && first.Shape == second.Shape && !string.Equals(first.Value, second.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Words of the question that the sentence, its title or its headings hold.</summary>
    private static HashSet<string> Speaks(HashSet<string> question, (Passage Passage, string Text) sentence)
    {
        var words = Content($"{sentence.Passage.Candidate.Indexed.Chunk.Prefix} {sentence.Text}").ToHashSet(StringComparer.Ordinal);
        words.IntersectWith(question);
        return words;
    }

    internal static IEnumerable<string> Content(string text) => UnitFeatures.Words(text).Where(word => word.Length > 2 && !FunctionWords.Contains(word)).Select(UnitFeatures.Stem);

    /// <summary>
    /// Values by kind; what one kind has taken is no value of the next. Only values of one shape can contradict each other: "8 days" and "10 days", a number of four digits and another.
    /// </summary>
    private static IEnumerable<List<(string Value, string Shape)>> Values(string text)
    {
        foreach (var (pattern, shape) in ((Regex, Func<string, string>)[])
        [
            (Address(), _ => ""), (Date(), _ => ""), (Version(), _ => ""), (Amount(), Unit), (Duration(), Unit), (Counted(), Unit), (LongNumber(), value => new string('0', value.Length)),
        ])
        {
            yield return [.. pattern.Matches(text).Select(match => match.Value.ToLowerInvariant()).Distinct().Select(value => (value, shape(value)))];
            text = pattern.Replace(text, " ");
        }
    }

    private static string Unit(string value) => Numbers().Replace(value, "0");

    [GeneratedRegex(@"\b(?:outdated|superseded|obsolete|archived?|deprecated|old version|do not use)\b|\(old\b|\bold\)|\buntil \d{4}\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutdatedTitle();

    [GeneratedRegex(@"\bthis (?:page|document|guide|article|section|ticket) (?:is|was|has been) (?:outdated|out of date|superseded|obsolete|archived|deprecated|replaced|no longer (?:valid|current|maintained))\b|\b(?:superseded|replaced) by (?:the )?(?:page|document|guide|article|ticket)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutdatedText();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:,? \d{4})?|\b\d{4}-\d\d-\d\d\b", RegexOptions.IgnoreCase)]
    private static partial Regex Date();

    [GeneratedRegex(@"\bv?\d+\.\d+(?:\.\d+)*\b", RegexOptions.IgnoreCase)]
    private static partial Regex Version();

    [GeneratedRegex(@"[$€£]\s?\d[\d,.]*\d|[$€£]\s?\d|\d[\d,.]* ?(?:%|percent\b|dollars?\b|euros?\b|pounds?\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\d[\d.]*[- ](?:(?:working|business|calendar) )?(?:minute|hour|day|week|month|year)", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b\d{1,2} [a-z]{3,}", RegexOptions.IgnoreCase)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\b\d[\d,]{2,}\b")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"\d[\d,.]*")]
    private static partial Regex Numbers();
}
