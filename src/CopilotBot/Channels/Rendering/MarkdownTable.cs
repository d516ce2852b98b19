namespace CopilotBot.Channels.Rendering;

/// <summary>A table that a model wrote with pipes. Cells are plain words, as many in each row as in the header.</summary>
internal sealed record MarkdownTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
