using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>What a webhook says happened: a hint to look, never content (facts/sources.md §1.7).</summary>
/// <param name="Items">Items to read again, with who may read them.</param>
/// <param name="DirectoryChanged">Something changed about groups, people, or who may read a whole space or project.</param>
public sealed record WebhookHint(IReadOnlyList<DocumentId> Items, bool DirectoryChanged);
