namespace CopilotBot.Channels.Rendering;

/// <summary>Why somebody voted an answer down.</summary>
/// <param name="Value">What the form sends back.</param>
internal sealed record VoteReason(string Value, string Title)
{
    /// <summary>What the form offers, everywhere the same.</summary>
    public static IReadOnlyList<VoteReason> All { get; } =
    [
        new("wrong", "It is wrong"),
        new("outdated", "It is outdated"),
        new("missingSource", "A source is missing"),
        new("notAsked", "It is not what I asked"),
        new("other", "Something else"),
    ];
}
