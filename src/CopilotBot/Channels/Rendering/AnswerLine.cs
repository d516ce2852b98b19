namespace CopilotBot.Channels.Rendering;

/// <summary>A paragraph or a list item of an answer, in plain words.</summary>
/// <param name="Prefix">"- " or "3. " of an item; empty otherwise.</param>
internal sealed record AnswerLine(string Prefix, string Text)
{
    public bool IsItem => Prefix.Length > 0;
}
