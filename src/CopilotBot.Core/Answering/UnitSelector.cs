using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>
/// Chooses the units of an answer: whatever brings most probability for its words comes first, until a further word would bring too little. So a clear question gets a short answer and
/// an open one a long list. A sentence that points back takes the one before it along, and one that an exception follows takes that along.
/// </summary>
public static class UnitSelector
{
    private const int MaximumDocuments = 4;

    private const int MaximumUnits = 8;

    private const int MaximumWords = 110;

    /// <summary>Added to the words of every unit: a marker and a line cost attention too.</summary>
    private const int WordsOfALine = 5;

    /// <summary>A lead-in longer than this is not repeated in front of its items.</summary>
    internal const int LongestLeadIn = 30;

    /// <param name="ranked">All units of the question, best first.</param>
    /// <param name="minimumGain">Probability that a word has to bring.</param>
    public static IReadOnlyList<AnswerUnit> Choose(IReadOnlyList<RankedUnit> ranked, double minimumGain)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var neighbours = FindNeighbours([.. ranked.Select(unit => unit.Unit).Where(unit => unit.Unit.Kind == UnitKind.TableRow)]);
        var left = ranked.Where(unit => !unit.Unit.Introduces && !neighbours.Contains(unit.Unit)).Select(unit => (Ranked: unit, Group: Group(unit.Unit, ranked))).ToList();
        var chosen = new List<AnswerUnit>();
        var words = 0;
        while (left.Count > 0 && chosen.Count < MaximumUnits)
        {
            var best = left.MaxBy(unit => Gain(unit.Ranked, unit.Group, chosen));
            if (chosen.Count > 0 && Gain(best.Ranked, best.Group, chosen) < minimumGain)
            {
                break;
            }

            left.Remove(best);
            var size = WordsOf(best.Group, chosen);
            var isDangling = best.Group.Count == 1 && IsDangling(best.Ranked.Unit);
            var documents = chosen.Append(best.Ranked.Unit).Select(unit => unit.DocumentId).Distinct().Count();
            if (documents > MaximumDocuments || (chosen.Count > 0 && (isDangling || words + size > MaximumWords)) || chosen.Exists(other => SayTheSame(other, best.Ranked.Unit)))
            {
                continue;
            }

            chosen.AddRange(best.Group.Where(unit => !chosen.Exists(other => other == unit || SayTheSame(other, unit))));
            words += size;
        }

        if (OutcomeOf(chosen, ranked) is { } outcome)
        {
            chosen.Add(outcome);
        }

        return chosen;
    }

    /// <summary>
    /// A ticket says in one place what went wrong and in another what came of it. Who tells their trouble in the words of the first wants the second: the best unit elsewhere in
    /// the ticket, one that says what to do or why before others.
    /// </summary>
    private static AnswerUnit? OutcomeOf(List<AnswerUnit> chosen, IReadOnlyList<RankedUnit> ranked)
    {
        var ticket = chosen.FirstOrDefault();
        if (ticket?.Passage.Document.Kind != DocumentKind.Ticket || chosen.Exists(unit => unit.DocumentId == ticket.DocumentId && unit.Passage != ticket.Passage))
        {
            return null;
        }

        return ranked.Select(unit => unit.Unit)
            .Where(unit => unit.DocumentId == ticket.DocumentId && unit.Passage != ticket.Passage && (unit.Unit.Kind is UnitKind.Sentence or UnitKind.ListItem) && !unit.Introduces && !IsDangling(unit) && !chosen.Exists(other => SayTheSame(other, unit)))
            .OrderByDescending(unit => UnitWording.IsStep(unit.Text) || UnitWording.IsRemedy(unit.Text))
            .FirstOrDefault();
    }

    private static double Gain(RankedUnit ranked, IReadOnlyList<AnswerUnit> group, List<AnswerUnit> chosen) => ranked.Probability / (WordsOfALine + WordsOf(group, chosen));

    /// <summary>Words that the group adds to what is chosen; a lead-in counts once.</summary>
    private static int WordsOf(IReadOnlyList<AnswerUnit> group, List<AnswerUnit> chosen)
    {
        var words = 0;
        foreach (var unit in group.Where(unit => !chosen.Contains(unit)))
        {
            words += AnswerComposer.WordCount(AnswerComposer.Render(unit));
            if (AnswerComposer.LeadInOf(unit) is { } leadIn && !chosen.Exists(other => other.Passage.Number == unit.Passage.Number && other.Unit.LeadIn == unit.Unit.LeadIn))
            {
                words += AnswerComposer.WordCount(leadIn);
            }
        }

        return words;
    }

    /// <summary>The unit with what it cannot be read without: the sentence that it points back to, the exception that follows it.</summary>
    private static List<AnswerUnit> Group(AnswerUnit unit, IReadOnlyList<RankedUnit> ranked)
    {
        List<AnswerUnit> group = [unit];
        if (IsDangling(unit) && Beside(unit, -1) is { } before)
        {
            group.Insert(0, before);
        }

        if (unit.Unit.Kind == UnitKind.Sentence && Beside(unit, 1) is { } after && UnitWording.RestrictsBefore(after.Text))
        {
            group.Add(after);
        }

        return group;

        AnswerUnit? Beside(AnswerUnit middle, int step) => ranked.Select(other => other.Unit).FirstOrDefault(other =>
            other.Passage.Number == middle.Passage.Number && other.Index == middle.Index + step && other.Unit.Kind == UnitKind.Sentence && !other.Introduces && (step > 0 || !IsDangling(other)));
    }

    private static bool IsDangling(AnswerUnit unit) => unit.Unit.Kind == UnitKind.Sentence && UnitWording.PointsBack(unit.Text);

    /// <summary>
    /// Rows beside the one that was asked for: another row of the table has the code or number of the question and this one none, or has every word of
    /// the question that this one has, and more, and fits better. Rows that only a reader can choose between ("up to 500 euros", "up to 5,000 euros") all stay.
    /// </summary>
    private static HashSet<AnswerUnit> FindNeighbours(IReadOnlyList<AnswerUnit> rows)
    {
        var neighbours = new HashSet<AnswerUnit>();
        foreach (var table in rows.GroupBy(row => (row.Passage.Number, row.Unit.LeadIn)))
        {
            neighbours.UnionWith(table.Where(row => table.Any(other =>
                (HoldsCode(other.SharedWords) && !HoldsCode(row.SharedWords))
                || (other.OwnSimilarity > row.OwnSimilarity && row.SharedWords.IsProperSubsetOf(other.SharedWords)))));
        }

        return neighbours;
    }

    private static bool HoldsCode(IEnumerable<string> words) => words.Any(word => word.Any(char.IsDigit));

    /// <summary>The same words with other numbers are not the same: perhaps one of them is outdated.</summary>
    private static bool SayTheSame(AnswerUnit left, AnswerUnit right) =>
        left.Words.Where(word => word.Any(char.IsDigit)).ToHashSet().SetEquals(right.Words.Where(word => word.Any(char.IsDigit)))
        && left.Words.Count(right.Words.Contains) > .8 * Math.Min(left.Words.Count, right.Words.Count);
}
