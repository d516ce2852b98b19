using System.Globalization;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence;

/// <summary>Makes the documents of a page: the page with its comments, and each attachment as a part with the same readers.</summary>
internal sealed class ConfluenceDocuments(SourceConnection connection, IConfluenceApi api, ReadAttachment readAttachment)
{
    private const long MaximumAttachmentBytes = 20 * 1024 * 1024;

    /// <summary>As few as this are asked about one by one: the search may lag behind what just happened to them.</summary>
    private const int FewEnough = 4;

    public async Task<IReadOnlyDictionary<string, ContentExtras>> GetExtrasAsync(IReadOnlyList<ContentBody> bodies, CancellationToken cancellationToken) =>
        bodies.Count <= FewEnough ? new Dictionary<string, ContentExtras>() : await api.GetExtrasAsync([.. bodies.Select(body => body.Content.Id)], cancellationToken);

    /// <param name="extras">Null where they have to be asked for.</param>
    /// <param name="layers">Of the page.</param>
    /// <param name="content">Those of them that hold page restrictions.</param>
    public async Task<ItemReading> ReadAsync(
        DocumentId item, ContentBody body, string version, ContentExtras? extras, IReadOnlyList<LayerId> layers, IReadOnlyList<AccessLayer> content, CancellationToken cancellationToken)
    {
        try
        {
            var labels = extras?.Labels ?? await api.GetLabelsAsync(body.Content, cancellationToken);
            var comments = extras is { HasComments: false } ? [] : await api.GetCommentsAsync(body.Content, cancellationToken);
            var page = PageOf(item, body, comments, labels, layers);
            var attachments = extras is { HasAttachments: false } || !connection.Attachments ? [] : await api.GetAttachmentsAsync(body.Content, cancellationToken);
            var (documents, skipped, failed) = (new List<Document> { page }, new List<PartIssue>(), new List<PartIssue>());
            foreach (var attachment in attachments)
            {
                await ReadAttachmentAsync(page, attachment, documents, skipped, failed, cancellationToken);
            }

            return new ItemReading.Found(item, body.Content.SpaceId, version, documents, content, skipped, failed);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.NotFound or SourceFault.TooLarge)
        {
            return new ItemReading.Failed(item, $"{exception.Message} It is tried again by itself.");
        }
    }

    private Document PageOf(DocumentId item, ContentBody body, IReadOnlyList<PageComment> comments, IReadOnlyList<string> labels, IReadOnlyList<LayerId> layers)
    {
        var text = new StructuredTextBuilder();
        StorageFormatConverter.Write(text, body.Storage, _ => null);
        if (comments.Count > 0)
        {
            text.Heading(1, new InlineText("Comments"), "comments");
        }

        foreach (var comment in comments)
        {
            text.Heading(2, new InlineText($"Comment on {comment.Created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"), $"comment-{comment.Id}");
            StorageFormatConverter.Write(text, comment.Storage, _ => null);
        }

        return new Document
        {
            Id = item,
            Kind = DocumentKind.Page,
            Title = body.Content.Title,
            Body = text.Build(),
            Url = UrlOf(body.Content.WebPath),
            Updated = body.Content.Modified,
            Version = body.Content.Version.ToString(CultureInfo.InvariantCulture),
            Layers = layers,
            Labels = labels,
        };
    }

    private async Task ReadAttachmentAsync(Document page, PageAttachment attachment, List<Document> documents, List<PartIssue> skipped, List<PartIssue> failed, CancellationToken cancellationToken)
    {
        var id = page.Id.Part("attachment", attachment.Id);
        if (attachment.Bytes > MaximumAttachmentBytes)
        {
            skipped.Add(new PartIssue(id, $"It has more than {MaximumAttachmentBytes / 1024 / 1024} MB."));
            return;
        }

        try
        {
            var bytes = await api.DownloadAsync(attachment, MaximumAttachmentBytes, cancellationToken);
            var text = await readAttachment(attachment.FileName, attachment.MediaType, bytes, cancellationToken);
            if (text.Body is not { } body)
            {
                skipped.Add(new PartIssue(id, text.Reason ?? "It has no text."));
                return;
            }

            documents.Add(new Document
            {
                Id = id,
                Kind = DocumentKind.Attachment,
                Title = $"{attachment.FileName} (attachment of {page.Title})",
                Body = body,
                Url = UrlOf(attachment.WebPath) is { Length: > 0 } url ? url : page.Url,
                Updated = attachment.Modified,
                Version = attachment.Version,
                Layers = page.Layers,
            });
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.TooLarge)
        {
            skipped.Add(new PartIssue(id, exception.Message));
        }
        catch (SourceHttpException exception) when (exception.Fault is not SourceFault.Unauthorized)
        {
            // Also where it is not found: it was listed just now, and what is indexed of it stays until a listing leaves it out.
            failed.Add(new PartIssue(id, exception.Message));
        }
    }

    private string UrlOf(string webPath)
    {
        var site = connection.Site.OriginalString.TrimEnd('/');
        return webPath.Length == 0 ? "" : connection.Edition == SourceEdition.Cloud && !webPath.StartsWith("/wiki/", StringComparison.Ordinal) ? $"{site}/wiki{webPath}" : site + webPath;
    }
}
