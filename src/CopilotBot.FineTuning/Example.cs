using CopilotBot.Extraction;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>A labelled message as the tagger reads it. Words are the tagger's own, whatever the words of the set, so what is trained is what runs.</summary>
internal sealed record Example(LabelledMessage Message, TokenizedText Tokens)
{
    public TaggedPieces Labelled { get; } = new(PiecesOf(Tokens), WordTags.Of(Tokens.Words, Message.Slots), Message.Intent);

    /// <summary>Messages without a word are left out.</summary>
    /// <exception cref="ModelException">The vocabulary cannot be read.</exception>
    public static IReadOnlyList<Example> Of(IReadOnlyList<LabelledMessage> messages, OnnxTokenTagger tagger) =>
        [.. messages.Select(message => new Example(message, tagger.Tokenize(message.Text))).Where(example => example.Tokens.Words.Count > 0)];

    private static List<int[]> PiecesOf(TokenizedText tokens)
    {
        List<int[]> pieces = [];
        for (var word = 0; word < tokens.FirstPieces.Count; word++)
        {
            var (start, end) = (tokens.FirstPieces[word], word + 1 < tokens.FirstPieces.Count ? tokens.FirstPieces[word + 1] : tokens.TokenIds.Count - 1);
            pieces.Add([.. tokens.TokenIds.Skip(start).Take(end - start)]);
        }

        return pieces;
    }
}
