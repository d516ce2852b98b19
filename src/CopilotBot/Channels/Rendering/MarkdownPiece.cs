namespace CopilotBot.Channels.Rendering;

/// <summary>Some characters of a plain line and how they are written in Markdown; nothing may be cut inside one.</summary>
/// <param name="Start">In the plain line, like Length.</param>
internal readonly record struct MarkdownPiece(int Start, int Length, string Markdown, bool IsMarker)
{
    public int End => Start + Length;
}
