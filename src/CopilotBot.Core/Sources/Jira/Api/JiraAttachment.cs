using System.Globalization;
using System.Text.Json;

namespace CopilotBot.Sources.Jira.Api;

/// <param name="Content">Address of the bytes as the issue names it.</param>
internal sealed record JiraAttachment(string Id, string FileName, string MediaType, long Bytes, DateTimeOffset Created, string Content)
{
    public static JiraAttachment Parse(JsonElement file) => new(
        file.Text("id"), file.Text("filename"), file.Text("mimeType"), long.TryParse(file.Text("size"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0, file.Time("created"), file.Text("content"));
}
