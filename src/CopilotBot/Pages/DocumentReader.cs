using CopilotBot.Answering;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Serving;

namespace CopilotBot.Pages;

/// <summary>Opens a stored document for whoever is asking. What they may not read does not exist.</summary>
internal sealed class DocumentReader(IDocumentStore documents, AccessFilter filter, SourceRecheck recheck, WebAskers askers)
{
    /// <param name="choice">The person that the picker named, or null.</param>
    public async Task<Document?> FindAsync(DocumentId id, string? choice, CancellationToken cancellationToken) =>
        askers.Find(choice) is { } user
        && documents.GetHeaders([id]).TryGetValue(id, out var header) && filter.MayRead(user, header)
        && (await recheck.FindRefusedAsync(user, [header], recheck.Begin(), cancellationToken)).Count == 0
        && documents.Find(id) is { } document && document.AccessSet == header.AccessSet // a sync may have stored it anew for other readers
            ? document
            : null;

    /// <summary>Address of the original, or null. The company of the demo is invented: its addresses lead nowhere.</summary>
    public static string? SourceLink(Document document) =>
        LinkedParts.IsWeb(document.Url) && document.Id.Source != DemoKnowledge.Name ? document.Url : null;
}
