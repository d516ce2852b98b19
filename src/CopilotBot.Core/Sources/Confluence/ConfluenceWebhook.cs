using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;

namespace CopilotBot.Sources.Confluence;

/// <summary>
/// Webhooks of Data Center ("event", with a page, blog, comment or attachment below it) and of our Forge app on Cloud ("event", "id", "type": ids only, see
/// manifests/forge); facts/sources.md §1.7.
/// </summary>
internal static class ConfluenceWebhook
{
    private static readonly (string Name, ContentKind Kind)[] Holders = [("page", ContentKind.Page), ("blog", ContentKind.BlogPost), ("blogpost", ContentKind.BlogPost), ("content", ContentKind.Page)];

    public static WebhookHint Read(SourceName source, JsonElement body)
    {
        var name = body.Text("event") is { Length: > 0 } own ? own : body.Text("webhookEvent");
        return new WebhookHint([.. Items(source, body).Distinct()], IsAboutDirectory(name));
    }

    private static IEnumerable<DocumentId> Items(SourceName source, JsonElement body)
    {
        if (body.Text("type") is "page" or "blogpost" && body.Text("id") is { Length: > 0 } id)
        {
            yield return ConfluenceIds.Of(source, ConfluenceIds.KindOf(body.Text("type")), id);
        }

        foreach (var holder in new[] { body, body.Get("comment"), body.Get("attachment"), body.Get("attachments"), body.Items("attachments").FirstOrDefault() })
        {
            foreach (var (name, kind) in Holders)
            {
                var content = holder.Get(name) is { ValueKind: JsonValueKind.Object } named ? named : holder.Text("container", "contentType") == name ? holder.Get("container") : default;
                if (content.Text("id") is { Length: > 0 } held)
                {
                    yield return ConfluenceIds.Of(source, content.Text("contentType") is "blogpost" or "blog" ? ContentKind.BlogPost : kind, held);
                }
            }
        }
    }

    private static bool IsAboutDirectory(string name) =>
        name.StartsWith("user_", StringComparison.Ordinal) || name.StartsWith("group_", StringComparison.Ordinal) || name.StartsWith("space_", StringComparison.Ordinal)
        || name.Contains(":space", StringComparison.Ordinal) || name.Contains(":user", StringComparison.Ordinal) || name.Contains(":group", StringComparison.Ordinal);
}
