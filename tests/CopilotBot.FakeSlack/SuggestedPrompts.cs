namespace CopilotBot.FakeSlack;

/// <summary>What a person sees to begin with (facts §2).</summary>
/// <param name="ThreadTs">Null where they stand at the top of the Messages tab.</param>
public sealed record SuggestedPrompts(string? Title, string? ThreadTs, IReadOnlyList<SuggestedPrompt> Prompts);
