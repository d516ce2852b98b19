using System.Globalization;

namespace CopilotBot.FakeConfluence;

/// <summary>Where an entry stands in a listing; equal times and texts are told apart by the number.</summary>
/// <param name="Ticks">Of the time in UTC; 0 where it is not sorted by one.</param>
internal readonly record struct SortKey(long Ticks, string Text, long Number) : IComparable<SortKey>
{
    private const char Between = '\u001f';

    public static SortKey Of(string text) => new(0, text, 0);

    /// <exception cref="FormatException">It is no key.</exception>
    public static SortKey Parse(string key) => key.Split(Between, 3) is [var ticks, var number, var text]
        ? new(long.Parse(ticks, CultureInfo.InvariantCulture), text, long.Parse(number, CultureInfo.InvariantCulture))
        : throw new FormatException("A key has three parts.");

    public int CompareTo(SortKey other) =>
        Ticks.CompareTo(other.Ticks) is var time and not 0 ? time
        : string.CompareOrdinal(Text, other.Text) is var text and not 0 ? text
        : Number.CompareTo(other.Number);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks}{Between}{Number}{Between}{Text}");
}
