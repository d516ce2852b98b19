using CopilotBot.Knowledge;

namespace CopilotBot.Pages;

/// <summary>Addresses of the bot's own copy of a document.</summary>
internal static class DocumentLink
{
    public const string Prefix = "/documents/";

    /// <param name="asker">The person that the picker named, or null: the page is opened with the same eyes.</param>
    public static string To(Citation citation, string? asker) =>
        To(citation.DocumentId, asker) + (citation.Anchor.Length == 0 ? "" : $"#{Uri.EscapeDataString(citation.Anchor)}");

    /// <inheritdoc cref="To(Citation, string?)"/>
    public static string To(DocumentId id, string? asker) =>
        $"{Prefix}{Uri.EscapeDataString(id.Value)}{(string.IsNullOrEmpty(asker) ? "" : $"?as={Uri.EscapeDataString(asker)}")}";

    /// <summary>The id in a request target. Read from the raw target: a decoded path no longer tells an escaped slash from a real one.</summary>
    public static DocumentId Parse(string rawTarget)
    {
        var path = rawTarget.Split('?', 2)[0];
        return new DocumentId(path.StartsWith(Prefix, StringComparison.Ordinal) ? Uri.UnescapeDataString(path[Prefix.Length..]) : "");
    }
}
