namespace CopilotBot.Sources.Confluence.Api;

/// <summary>What stands in the tree of a space. Only pages and blog posts are indexed; the others count as ancestors.</summary>
internal enum ContentKind
{
    Page,
    BlogPost,
    Other,
}
