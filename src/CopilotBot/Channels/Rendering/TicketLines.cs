using CopilotBot.Answering;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Rendering;

/// <summary>A draft as lines of bounded length, and how much of it a message takes.</summary>
internal static class TicketLines
{
    private const int LongestHeading = 150;

    private const int LongestClosing = 600;

    /// <summary>From all that is worth showing to what always fits.</summary>
    private static readonly TicketSize[] Sizes = [new(20, 600, true), new(20, 300, true), new(20, 100, true), new(20, 100, false), new(10, 60, false), new(5, 30, false), new(0, 30, false)];

    public static TicketSize All => Sizes[0];

    public static string Heading(TicketDraft draft) => PlainText.Clip(TicketText.Heading(draft), LongestHeading);

    public static string Closing(TicketDraft draft) => PlainText.Clip(TicketText.Closing(draft), LongestClosing);

    /// <summary>"Still needed: Location." Empty when nothing is.</summary>
    public static string Wanted(TicketDraft draft) => TicketText.Wanted(draft) is { } wanted ? $"Still needed: {PlainText.Clip(wanted, LongestHeading)}." : "";

    public static IReadOnlyList<(string Name, string Value)> Fields(TicketDraft draft, TicketSize size)
    {
        var fields = TicketText.Fields(draft);
        var shown = fields.Take(size.Fields).Select(field => (PlainText.Clip(field.Name, Math.Min(LongestHeading, size.Value)), PlainText.Clip(field.Value, size.Value)));
        return fields.Count > size.Fields ? [.. shown, ("And", $"{fields.Count - size.Fields} more")] : [.. shown];
    }

    /// <summary>The largest that fits.</summary>
    public static T Fit<T>(Func<TicketSize, T> write, Predicate<T> fits)
    {
        var last = write(All);
        foreach (var size in Sizes.Skip(1))
        {
            if (fits(last))
            {
                break;
            }

            last = write(size);
        }

        return last;
    }
}

/// <param name="Fields">Shown, and to be filled in on a card.</param>
/// <param name="Value">UTF-16 units of each value.</param>
/// <param name="HasMenus">Long lists of allowed values are there to choose from.</param>
internal sealed record TicketSize(int Fields, int Value, bool HasMenus);
