using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Attachments;

/// <summary>A text that is written up to so many characters; what comes after is left out.</summary>
internal sealed class TextLimit(int characters)
{
    public StructuredTextBuilder Builder { get; } = new();

    public bool IsReached { get; private set; }

    /// <summary>Whether there is room for more; asked before each block and row.</summary>
    public bool HasRoom => !(IsReached |= Builder.Length >= characters);

    /// <summary>As much of a piece as there is room for beside <paramref name="pending"/> characters that are not written yet.</summary>
    public string Fit(string piece, int pending = 0)
    {
        var room = Math.Max(0, characters - Builder.Length - pending);
        if (piece.Length <= room)
        {
            return piece;
        }

        IsReached = true;
        return piece[..(room > 0 && char.IsHighSurrogate(piece[room - 1]) ? room - 1 : room)];
    }
}
