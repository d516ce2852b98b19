namespace CopilotBot.FakeSlack;

/// <summary>A row of the table in facts §2.</summary>
/// <param name="TakesJson">Whether the reference lists JSON as an encoding.</param>
/// <param name="Scope">Null where none is needed, or where it depends on the channel.</param>
/// <param name="Arguments">Names that the method knows; any other is a mistake of the caller.</param>
internal sealed record ApiMethod(string Name, SlackTier Tier, bool TakesJson, string? Scope, string[] Arguments, Func<ApiCall, Outcome> Act);
