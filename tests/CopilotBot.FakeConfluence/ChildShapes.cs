using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Comments and attachments as Data Center gives them.</summary>
internal static class ChildShapes
{
    public static JsonObject Attachment(AttachmentState file, IReadOnlyCollection<string> expand)
    {
        var shape = new JsonObject
        {
            ["id"] = file.Id,
            ["type"] = "attachment",
            ["status"] = file.Status,
            ["title"] = file.Title,
            ["metadata"] = new JsonObject { ["mediaType"] = file.MediaType },
            ["extensions"] = new JsonObject { ["mediaType"] = file.MediaType, ["fileSize"] = file.Bytes.Length, ["comment"] = "" },
            ["_links"] = new JsonObject { ["webui"] = $"/pages/viewpageattachments.action?pageId={file.Page.Id}", ["download"] = $"/download/attachments/{file.Page.Id}/{Uri.EscapeDataString(file.Title)}?version={file.Version}" },
        };
        AddContainer(shape, file.Page, expand);
        if (expand.Contains("version"))
        {
            shape["version"] = V1Shapes.Version(file);
        }

        return shape;
    }

    public static JsonObject Comment(CommentState comment, IReadOnlyCollection<string> expand)
    {
        var shape = new JsonObject
        {
            ["id"] = comment.Id,
            ["type"] = "comment",
            ["status"] = comment.Status,
            ["title"] = comment.Title,
            ["extensions"] = new JsonObject { ["location"] = comment.IsInline ? "inline" : "footer" },
            ["_links"] = new JsonObject { ["webui"] = $"/pages/viewpage.action?pageId={comment.Page.Id}&focusedCommentId={comment.Id}" },
        };
        AddContainer(shape, comment.Page, expand);
        if (expand.Contains("version"))
        {
            (shape["version"] = V1Shapes.Version(comment))["by"] = new JsonObject { ["type"] = "known", ["userKey"] = comment.Author };
        }

        if (expand.Contains("body.storage"))
        {
            shape["body"] = new JsonObject { ["storage"] = new JsonObject { ["value"] = comment.Body, ["representation"] = "storage" } };
        }

        return shape;
    }

    private static void AddContainer(JsonObject shape, PageState page, IReadOnlyCollection<string> expand)
    {
        if (expand.Contains("container"))
        {
            shape["container"] = new JsonObject { ["id"] = page.Id, ["type"] = page.TypeName, ["status"] = page.Status, ["title"] = page.Title };
        }
    }
}
