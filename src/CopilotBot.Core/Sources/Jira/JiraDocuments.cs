using System.Globalization;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Http;
using CopilotBot.Sources.Jira.Api;

namespace CopilotBot.Sources.Jira;

/// <summary>Makes the documents of an issue: the issue with its open comments, and as parts each comment with readers of its own and each attachment.</summary>
internal sealed class JiraDocuments(SourceName source, SourceConnection connection, IJiraApi api, JiraAccess access, ReadAttachment readAttachment)
{
    private const long MaximumAttachmentBytes = 20 * 1024 * 1024;

    /// <summary>A file that came this close to a restricted comment may belong to it: the site does not say (facts/sources.md §2.4).</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(10);

    public static string VersionOf(DateTimeOffset updated) => updated.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public async Task<ItemReading> ReadAsync(JiraIssue found, ProjectRef project, CancellationToken cancellationToken)
    {
        var id = JiraIds.Of(source, found.Id);
        try
        {
            var (issue, open) = await CompleteAsync(found, project, cancellationToken);
            var byReach = issue.Comments.ToLookup(comment => IssueText.IsNarrow(comment, project.IsServiceProject));
            IReadOnlyList<JiraComment> narrow = [.. byReach[true]];
            var layers = await access.TellAsync(issue, narrow, cancellationToken);
            var url = $"{connection.Site.OriginalString.TrimEnd('/')}/browse/{issue.Key}";
            List<LayerId> own = [.. layers.Own.Select(layer => layer.Id)];
            var parts = new Parts(
                [
                    IssueText.ToDocument(issue, id, url, own, [.. byReach[false]], hasMore: true),
                    .. narrow.Select(comment => IssueText.ToDocument(issue, comment, id, url, [.. own, .. layers.LayersOf(comment, project.IsServiceProject)])).Where(comment => comment.Body.Text.Length > 0),
                ],
                [], []);
            foreach (var attachment in connection.Attachments ? issue.Attachments : [])
            {
                List<LayerId> narrower = [.. narrow.Where(comment => IsNear(comment, attachment)).SelectMany(comment => layers.LayersOf(comment, project.IsServiceProject))];
                if (project.IsServiceProject && !open.Contains(attachment.Id))
                {
                    narrower.Add(layers.Internal.Id);
                }

                await ReadAttachmentAsync(parts, attachment, [.. own, .. narrower.Distinct()], cancellationToken);
            }

            List<AccessLayer> all = [.. layers.Own.Concat(layers.Comments.Values).Append(layers.Internal).DistinctBy(layer => layer.Id)];
            return new ItemReading.Found(id, issue.ProjectId, VersionOf(issue.Updated), parts.Documents, all, parts.Skipped, parts.Failed);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.NotFound or SourceFault.TooLarge or SourceFault.Refused)
        {
            return new ItemReading.Failed(id, $"{exception.Message} It is tried again by itself.");
        }
    }

    private static bool IsNear(JiraComment comment, JiraAttachment attachment) => comment.Body.Mentions(attachment.FileName) || (comment.Created - attachment.Created).Duration() < Near;

    /// <summary>With all comments, and in a service project with what customers may see of them; ids of the attachments that they may see.</summary>
    private async Task<(JiraIssue Issue, IReadOnlySet<string> OpenAttachments)> CompleteAsync(JiraIssue issue, ProjectRef project, CancellationToken cancellationToken)
    {
        var comments = issue.CommentCount > issue.Comments.Count ? await api.GetCommentsAsync(issue.Id, cancellationToken) : issue.Comments;
        var isAsked = project.IsServiceProject && (issue.Attachments.Count > 0 || comments.Any(comment => comment.IsPublic is null));
        var open = isAsked ? await GetPublicPartsAsync(issue.Id, cancellationToken) : new PublicParts(new HashSet<string>(), new HashSet<string>());
        var known = isAsked ? [.. comments.Select(comment => comment with { IsPublic = comment.IsPublic ?? open.Comments.Contains(comment.Id) })] : comments;
        return (issue with { Comments = known }, open.Attachments);
    }

    /// <summary>Nothing is public of an issue that is no request.</summary>
    private async Task<PublicParts> GetPublicPartsAsync(string issueId, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetPublicPartsAsync(issueId, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden or SourceFault.Refused or SourceFault.Gone)
        {
            return new PublicParts(new HashSet<string>(), new HashSet<string>());
        }
    }

    private async Task ReadAttachmentAsync(Parts parts, JiraAttachment attachment, IReadOnlyList<LayerId> layers, CancellationToken cancellationToken)
    {
        var issue = parts.Documents[0];
        var id = issue.Id.Part("attachment", attachment.Id);
        if (attachment.Bytes > MaximumAttachmentBytes)
        {
            parts.Skipped.Add(new PartIssue(id, $"It has more than {MaximumAttachmentBytes / 1024 / 1024} MB."));
            return;
        }

        try
        {
            var bytes = await api.DownloadAsync(attachment, MaximumAttachmentBytes, cancellationToken);
            var text = await readAttachment(attachment.FileName, attachment.MediaType, bytes, cancellationToken);
            if (text.Body is not { } body)
            {
                parts.Skipped.Add(new PartIssue(id, text.Reason ?? "It has no text."));
                return;
            }

            parts.Documents.Add(new Document
            {
                Id = id,
                Kind = DocumentKind.Attachment,
                Title = $"{attachment.FileName} (attachment of {issue.Title})",
                Key = issue.Key,
                Body = body,
                Url = issue.Url,
                Updated = attachment.Created,
                Version = VersionOf(attachment.Created),
                Layers = layers,
            });
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.TooLarge or SourceFault.NotFound or SourceFault.Forbidden or SourceFault.Gone)
        {
            parts.Skipped.Add(new PartIssue(id, exception.Message));
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.Refused)
        {
            parts.Failed.Add(new PartIssue(id, exception.Message));
        }
    }

    private sealed record Parts(List<Document> Documents, List<PartIssue> Skipped, List<PartIssue> Failed);
}
