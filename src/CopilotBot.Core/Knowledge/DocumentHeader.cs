namespace CopilotBot.Knowledge;

/// <summary>A stored document without its text.</summary>
/// <param name="ContentHash">Hash of what was chunked and embedded; see <see cref="DocumentHash"/>.</param>
public sealed record DocumentHeader(
    DocumentId Id, DocumentKind Kind, string Title, string Key, string Url, DateTimeOffset Updated, string Version, AccessSetId AccessSet, string ContentHash)
{
    public static DocumentHeader Of(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new DocumentHeader(
            document.Id, document.Kind, document.Title, document.Key, document.Url, document.Updated, document.Version, document.AccessSet, DocumentHash.Of(document));
    }
}
