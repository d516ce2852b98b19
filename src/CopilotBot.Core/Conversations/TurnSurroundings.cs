namespace CopilotBot.Conversations;

/// <summary>What stands around a question, as far as its platform lets us see.</summary>
/// <param name="Thread">What was said before in its thread, oldest first; empty when nothing was or nothing may be read.</param>
/// <param name="Permalink">Address of the message; null where there is none.</param>
/// <param name="UtcOffset">Of the person's clock; null where it is not known.</param>
public sealed record TurnSurroundings(IReadOnlyList<string> Thread, string? Permalink, TimeSpan? UtcOffset)
{
    public static TurnSurroundings None { get; } = new([], null, null);
}
