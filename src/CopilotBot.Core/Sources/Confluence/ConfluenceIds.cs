using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;

namespace CopilotBot.Sources.Confluence;

/// <summary>Ids of items: "{source}:page:{id}" and "{source}:blogpost:{id}".</summary>
internal static class ConfluenceIds
{
    private const string Page = "page";

    private const string BlogPost = "blogpost";

    public static DocumentId Of(SourceName source, ContentRef content) => Of(source, content.Kind, content.Id);

    public static DocumentId Of(SourceName source, ContentKind kind, string id) => DocumentId.Create(source, kind == ContentKind.BlogPost ? BlogPost : Page, id);

    /// <summary>Kind as the site names it and native id of the item that a document belongs to; null when it is none of a site.</summary>
    public static (string Kind, string Id)? Parse(DocumentId document) =>
        document.Value.Split('#')[0].Split(':', 3) is [_, Page or BlogPost, { Length: > 0 }] parts ? (parts[1], parts[2]) : null;

    public static ContentKind KindOf(string kind) => kind == BlogPost ? ContentKind.BlogPost : ContentKind.Page;
}
