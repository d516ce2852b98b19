using System.Globalization;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Jira.Api;

namespace CopilotBot.Sources.Jira;

/// <summary>What an issue and its comments become as documents, whoever may read them.</summary>
internal static class IssueText
{
    /// <summary>Whether not every reader of the issue may see the comment.</summary>
    public static bool IsNarrow(JiraComment comment, bool isServiceProject) => comment.Visibility is not null || IsInternal(comment, isServiceProject);

    /// <summary>Whether it is a note among agents, whatever visibility it has besides.</summary>
    public static bool IsInternal(JiraComment comment, bool isServiceProject) => isServiceProject && comment.IsPublic == false;

    /// <param name="comments">Those that every reader of the issue may see.</param>
    /// <param name="hasMore">Whether links and the day of resolution are told too.</param>
    public static Document ToDocument(JiraIssue issue, DocumentId id, string url, IReadOnlyList<LayerId> layers, IReadOnlyList<JiraComment> comments, bool hasMore) => new()
    {
        Id = id,
        Kind = DocumentKind.Ticket,
        Title = TitleOf(issue),
        Key = issue.Key,
        Body = BodyOf(issue, comments, hasMore),
        Url = url,
        Updated = issue.Updated,
        Version = issue.Version,
        Layers = layers,
        Labels = issue.Labels,
    };

    /// <param name="layers">The issue's and the comment's own.</param>
    public static Document ToDocument(JiraIssue issue, JiraComment comment, DocumentId id, string url, IReadOnlyList<LayerId> layers)
    {
        var body = new StructuredTextBuilder();
        comment.Body.WriteTo(body);
        return new Document
        {
            Id = id.Part("comment", comment.Id),
            Kind = DocumentKind.Comment,
            Title = $"{TitleOf(issue)}: comment by {comment.Author}",
            Key = issue.Key,
            Body = body.Build(),
            Url = url.Length == 0 ? "" : $"{url}?focusedCommentId={comment.Id}",
            Updated = comment.Updated,
            Version = comment.Version,
            Layers = layers,
        };
    }

    public static string TitleOf(JiraIssue issue) => $"{issue.Key} {issue.Summary}".Trim();

    private static StructuredText BodyOf(JiraIssue issue, IReadOnlyList<JiraComment> comments, bool hasMore)
    {
        var body = new StructuredTextBuilder();
        issue.Description.WriteTo(body);
        issue.Environment.WriteTo(body);
        if (comments.Count > 0)
        {
            body.Heading(1, new InlineText("Comments"), "comments");
        }

        foreach (var comment in comments)
        {
            body.Heading(2, new InlineText($"Comment by {comment.Author} on {Day(comment.Created)}"), $"comment-{comment.Id}");
            comment.Body.WriteTo(body);
        }

        body.Heading(1, new InlineText("Details"), "details");
        IEnumerable<(string Name, string Value)> more = !hasMore ? [] :
        [
            ("Resolved on", issue.Resolved is { } resolved ? Day(resolved) : ""), ("Links", string.Join(", ", issue.Links)),
        ];

        // One line: as a sentence each they would stand among those of people.
        body.Paragraph(new InlineText(string.Join("; ", issue.Details.Concat(more).Where(detail => detail.Value.Length > 0).Select(detail => $"{detail.Name}: {detail.Value}"))));
        return body.Build();
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
