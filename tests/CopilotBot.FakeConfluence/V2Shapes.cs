using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Bodies of confluence-cloud-api-v2.json.</summary>
internal static class V2Shapes
{
    /// <summary>Milliseconds, in UTC (facts §1.2).</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonObject Space(SpaceState space) => new()
    {
        ["id"] = space.Id,
        ["key"] = space.Key,
        ["name"] = space.Name,
        ["type"] = "global",
        ["status"] = space.Status,
        ["createdAt"] = Time(space.Created),
        ["_links"] = new JsonObject { ["webui"] = $"/spaces/{space.Key}" },
    };

    /// <param name="parentType">Null for none; blog posts have no parent at all.</param>
    public static JsonObject Page(PageState page, string? parentType, string spaceKey, bool withBody)
    {
        var shape = new JsonObject { ["id"] = page.Id, ["status"] = page.Status, ["title"] = page.Title, ["spaceId"] = page.SpaceId };
        if (page.Kind != PageKind.BlogPost)
        {
            (shape["parentId"], shape["position"]) = (page.ParentId, 0);
            if (parentType is not null)
            {
                shape["parentType"] = parentType;
            }
        }

        (shape["createdAt"], shape["version"]) = (Time(page.Created), Version(page));
        if (page.Kind != PageKind.Folder)
        {
            shape["body"] = withBody ? Body(page.Body) : new JsonObject();
        }
        else
        {
            shape["type"] = "folder";
        }

        shape["_links"] = page.Kind == PageKind.Folder
            ? new JsonObject { ["webui"] = WebPath(page, spaceKey) }
            : new JsonObject { ["webui"] = WebPath(page, spaceKey), ["editui"] = $"/pages/resumedraft.action?draftId={page.Id}", ["tinyui"] = $"/x/{page.Id}" };
        return shape;
    }

    /// <summary>A rename or a move changes it (facts §1.5).</summary>
    public static string WebPath(PageState page, string spaceKey) =>
        $"/spaces/{spaceKey}/{page.Kind switch { PageKind.BlogPost => "blog", PageKind.Folder => "folder", _ => "pages" }}/{page.Id}/{Uri.EscapeDataString(page.Title.Replace(' ', '+'))}";

    public static JsonObject Comment(CommentState comment, string? bodyFormat)
    {
        var shape = new JsonObject { ["id"] = comment.Id, ["status"] = comment.Status, ["title"] = comment.Title, [comment.Page.Kind == PageKind.BlogPost ? "blogPostId" : "pageId"] = comment.Page.Id };
        (shape["version"], shape["body"]) = (Version(comment, comment.Author), bodyFormat is null ? new JsonObject() : Body(comment.Body));
        if (comment.IsInline)
        {
            shape["resolutionStatus"] = "open";
        }

        shape["_links"] = new JsonObject { ["webui"] = $"/pages/{comment.Page.Id}?focusedCommentId={comment.Id}" };
        return shape;
    }

    public static JsonObject Attachment(AttachmentState file)
    {
        var download = $"/rest/api/content/{file.Page.Id}/child/attachment/{file.Id}/download";
        return new JsonObject
        {
            ["id"] = file.Id,
            ["status"] = file.Status,
            ["title"] = file.Title,
            ["createdAt"] = Time(file.Created),
            [file.Page.Kind == PageKind.BlogPost ? "blogPostId" : "pageId"] = file.Page.Id,
            ["mediaType"] = file.MediaType,
            ["mediaTypeDescription"] = "File",
            ["comment"] = "",
            ["fileId"] = $"f{file.Number:x31}",
            ["fileSize"] = file.Bytes.Length,
            ["webuiLink"] = $"/pages/viewpageattachments.action?pageId={file.Page.Id}&preview={file.Id}",
            ["downloadLink"] = download,
            ["version"] = Version(file),
            ["_links"] = new JsonObject { ["webui"] = $"/pages/viewpageattachments.action?pageId={file.Page.Id}", ["download"] = download },
        };
    }

    private static JsonObject Version(ItemState item, string? author = null)
    {
        var shape = new JsonObject { ["createdAt"] = Time(item.Modified), ["message"] = "", ["number"] = item.Version, ["minorEdit"] = false };
        if (author is not null)
        {
            shape["authorId"] = author;
        }

        return shape;
    }

    private static JsonObject Body(string storage) => new() { ["storage"] = new JsonObject { ["representation"] = "storage", ["value"] = storage } };
}
