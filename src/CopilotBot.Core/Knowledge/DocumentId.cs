namespace CopilotBot.Knowledge;

/// <summary>
/// Stable id of a document: "{source}:{type}:{nativeId}", for example "demo:page:1001". The native id is the source's own
/// immutable id (never a key, title or URL, which change). A part with its own readers is "{owner}#comment:{id}".
/// </summary>
public readonly record struct DocumentId(string Value)
{
    public static DocumentId Create(SourceName source, string type, string nativeId) => new($"{source.Value}:{type}:{nativeId}");

    /// <summary>Id of a part (a restricted comment) of this document.</summary>
    public DocumentId Part(string type, string nativeId) => new($"{Value}#{type}:{nativeId}");

    /// <summary>A part of a page or ticket, not one of its own.</summary>
    public bool IsPart => Value.LastIndexOf('#') is var mark && mark > 0 && Value.IndexOf(':', mark) > mark;

    public SourceName Source => new(Value[..Value.IndexOf(':', StringComparison.Ordinal)]);

    public override string ToString() => Value;
}
