namespace CopilotBot.Knowledge;

/// <summary>A link out of a text.</summary>
/// <param name="Span">The linked words.</param>
/// <param name="Target">An absolute URL, a relative path as written, or "page:{space}:{title}", "page-id:{id}", "issue:{key}", "user:{id}" for links by name.</param>
public sealed record TextLink(TextSpan Span, string Target);
