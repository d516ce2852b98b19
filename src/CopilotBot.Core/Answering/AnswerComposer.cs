using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>Writes chosen units down: those of the best passage first, in the order in which they stand there, items as a list under the words that introduce them.</summary>
public static partial class AnswerComposer
{
    /// <param name="lead">What comes first, or null.</param>
    public static string Compose(IReadOnlyList<AnswerUnit> units, LeadAnswer? lead)
    {
        ArgumentNullException.ThrowIfNull(units);
        var text = new StringBuilder();
        if (lead?.Text is { } shortAnswer)
        {
            Append(text, shortAnswer, lead.Unit.Passage);
        }

        foreach (var passage in units.OrderByDescending(unit => unit.Passage == lead?.Unit.Passage).GroupBy(unit => unit.Passage.Number))
        {
            string? introduced = null;
            foreach (var unit in passage.OrderByDescending(unit => unit == lead?.Unit && lead.MayMove(units)).ThenBy(unit => unit.Index))
            {
                var leadIn = LeadInOf(unit);
                if (leadIn is not null && leadIn != introduced)
                {
                    Append(text, leadIn, unit.Passage);
                }

                introduced = leadIn;
                Append(text, leadIn is null ? Render(unit) : $"- {Render(unit)}", unit.Passage);
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>A unit as it reads on its own: a row with its column names.</summary>
    internal static string Render(AnswerUnit unit) => Clean(unit.Unit.Kind == UnitKind.TableRow ? RenderRow(unit.Text, unit.LeadIn) : unit.Text);

    /// <summary>What introduces an item, when it is short enough to be said once more.</summary>
    internal static string? LeadInOf(AnswerUnit unit) =>
        unit.Unit.Kind == UnitKind.ListItem && unit.LeadIn is { } leadIn && WordCount(leadIn) <= UnitSelector.LongestLeadIn && leadIn.TrimEnd().EndsWith(':') ? Clean(leadIn) : null;

    internal static int WordCount(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static void Append(StringBuilder text, string words, Passage passage) => text.Append(words).Append(" [").Append(passage.Number).Append("]\n");

    // "[15]" in a page would read as a citation.
    private static string Clean(string text) => BracketedNumber().Replace(WhiteSpace().Replace(text, " "), "$1").Trim();

    private static string RenderRow(string row, string? header)
    {
        var cells = row.Split(" | ");
        var names = header?.Split(" | ");
        return names is null || names.Length != cells.Length
            ? string.Join(cells.Length == 2 ? ": " : "; ", cells.Where(cell => cell.Length > 0)) // two columns without a header are names and values
            : string.Join("; ", names.Zip(cells).Where(pair => pair.Second.Length > 0).Select(pair => pair.First.Length == 0 ? pair.Second : $"{pair.First}: {pair.Second}"));
    }

    [GeneratedRegex(@"\[(\d{1,3})\]")]
    private static partial Regex BracketedNumber();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
