using System.Text.RegularExpressions;

namespace CopilotBot.Extraction.Fields;

/// <summary>Values of slots made alike without a schema, so that what was expected and what was found can be compared.</summary>
public static partial class ComparableValue
{
    /// <param name="now">Dates are read from here.</param>
    public static string Of(string slot, string words, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(words);
        return slot switch
        {
            Slots.TicketKey => TicketKeyText.Normalize(words),
            Slots.IssueType => TypeWords.Normalize(words),
            Slots.Priority => PriorityWords.Read(words).Level.ToString(),
            Slots.Status => FoldedText.Of(StatusWords.Normalize(words)),
            Slots.DueDate => DateReader.Read(words, now, isPast: false)?.Iso ?? WithoutPreposition(words),
            Slots.Started => DateReader.Read(words, now, isPast: true)?.Iso ?? WithoutPreposition(words),
            _ => FoldedText.Of(words),
        };
    }

    private static string WithoutPreposition(string words) => Preposition().Replace(FoldedText.Of(words), "");

    [GeneratedRegex(@"^(?:(?:by|before|until|till|on|at|for|in|from|since|after|as of|ever|right|with|when|during)\s+)+(?:the\s+)?")]
    private static partial Regex Preposition();
}
