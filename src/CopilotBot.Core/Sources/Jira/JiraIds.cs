using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira;

/// <summary>Ids of items: "{source}:issue:{id}", never the key, which moves change (facts/sources.md §2.6).</summary>
internal static class JiraIds
{
    public static DocumentId Of(SourceName source, string issueId) => DocumentId.Create(source, "issue", issueId);

    /// <summary>Id of the issue that a document belongs to; null when it is none.</summary>
    public static string? Parse(DocumentId document) =>
        document.Value.Split('#')[0].Split(':') is [_, "issue", { Length: > 0 } id] && id.All(char.IsAsciiDigit) ? id : null;
}
