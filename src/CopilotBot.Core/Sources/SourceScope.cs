namespace CopilotBot.Sources;

/// <summary>A space, project or repository.</summary>
/// <param name="Id">The source's own immutable id.</param>
/// <param name="Key">What people call it.</param>
/// <param name="Items">How many items it holds, where the source says so cheaply, else null.</param>
/// <param name="Problem">One sentence when it cannot be read now (its documents are hidden, never purged), else null.</param>
public sealed record SourceScope(string Id, string Key, string Title, int? Items = null, string? Problem = null);
