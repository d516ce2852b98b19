using System.Globalization;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Files;
using CopilotBot.Sources.GitHub.Api;

namespace CopilotBot.Sources.GitHub;

/// <summary>What an issue with its comments becomes: one document, since all of it has the readers of the repository.</summary>
internal static class GitHubDocuments
{
    public static Document ToDocument(DocumentId id, RepositoryRef repository, GitHubIssue issue, IReadOnlyList<GitHubComment> comments, LayerId layer) => new()
    {
        Id = id,
        Kind = DocumentKind.Ticket,
        Title = $"#{issue.Number} {issue.Title}".Trim(),
        Key = $"{repository.Name}#{issue.Number}",
        Body = BodyOf(issue, comments),
        Url = Uri.TryCreate(issue.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? issue.Url : "",
        Updated = issue.Updated,
        Version = issue.Version,
        Layers = [layer],
        Labels = issue.Labels,
    };

    private static StructuredText BodyOf(GitHubIssue issue, IReadOnlyList<GitHubComment> comments)
    {
        var body = new StructuredTextBuilder();
        MarkdownConverter.Write(body, issue.Body);
        if (comments.Count > 0)
        {
            body.Heading(1, new InlineText("Comments"), "comments");
        }

        foreach (var comment in comments)
        {
            body.Heading(2, new InlineText($"Comment by {comment.Author} on {Day(comment.Created)}"), $"comment-{comment.Id}");
            MarkdownConverter.Write(body, comment.Body);
        }

        body.Heading(1, new InlineText("Details"), "details");
        body.Paragraph(new InlineText(string.Join("; ", DetailsOf(issue).Where(detail => detail.Value.Length > 0).Select(detail => $"{detail.Name}: {detail.Value}"))));
        return body.Build();
    }

    /// <summary>In the words and the order that views of tickets look for.</summary>
    private static IEnumerable<(string Name, string Value)> DetailsOf(GitHubIssue issue) =>
    [
        ("Type", "Issue"), ("Status", Words(issue.State)), ("Resolution", issue.State == "closed" ? issue.Reason.Length > 0 ? Words(issue.Reason) : "Closed" : ""),
        ("Assignee", issue.Assignees), ("Reporter", issue.Author), ("Milestone", issue.Milestone), ("Labels", string.Join(", ", issue.Labels)),
        ("Resolved on", issue is { State: "closed", Closed: { } closed } ? Day(closed) : ""),
    ];

    /// <summary>"not_planned" is "Not planned".</summary>
    private static string Words(string code) => code.Length == 0 ? "" : char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
