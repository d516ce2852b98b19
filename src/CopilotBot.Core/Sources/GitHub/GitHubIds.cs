using CopilotBot.Knowledge;

namespace CopilotBot.Sources.GitHub;

/// <summary>Ids of items and layers, from numeric ids: numbers change on transfer, names with every renaming (facts/sources.md §3.3).</summary>
internal static class GitHubIds
{
    public static DocumentId Of(SourceName source, string issueId) => DocumentId.Create(source, "issue", issueId);

    public static LayerId LayerOf(SourceName source, string repositoryId) => new($"{source}:repo:{repositoryId}");

    /// <summary>Id of the issue; null when the document is none.</summary>
    public static string? Parse(DocumentId document) =>
        document.Value.Split('#')[0].Split(':') is [_, "issue", { Length: > 0 } id] && id.All(char.IsAsciiDigit) ? id : null;
}
