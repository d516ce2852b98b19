using CopilotBot.Extraction;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>A labelled message as the tagger reads it.</summary>
/// <param name="Message">What it was made of.</param>
/// <param name="Pieces">Ids of the pieces of each word.</param>
/// <param name="Tags">BIO, one for each word; null in a set of intents alone.</param>
internal sealed record Example(LabelledMessage Message, IReadOnlyList<Knowledge.TextSpan> Words, IReadOnlyList<IReadOnlyList<int>> Pieces, IReadOnlyList<string>? Tags)
{
    public string Intent => Message.Intent;

    /// <summary>Tokens with CLS and SEP.</summary>
    public int Length => Pieces.Sum(word => word.Count) + 2;

    /// <returns>Token of each word's first piece.</returns>
    public IReadOnlyList<int> FirstPieces()
    {
        List<int> first = [];
        var at = 1;
        foreach (var word in Pieces)
        {
            first.Add(at);
            at += word.Count;
        }

        return first;
    }

    /// <summary>
    /// Words are the tagger's own, whatever the words of the set: a tag goes to the tagger's words inside of its characters, as B-x and I-x. So what is trained is what
    /// runs, and spans are compared by characters.
    /// </summary>
    public static Example Of(LabelledMessage message, OnnxTokenTagger tagger)
    {
        var (row, words, firstPieces) = tagger.Tokenize(message.Text);
        List<IReadOnlyList<int>> pieces = [];
        for (var word = 0; word < words.Count; word++)
        {
            var end = word + 1 < words.Count ? firstPieces[word + 1] : row.Count - 1;
            pieces.Add(row[firstPieces[word]..end]);
        }

        return new Example(message, words, pieces, message.Tags is null ? null : TagsOf(words, message.Slots));
    }

    private static List<string> TagsOf(IReadOnlyList<Knowledge.TextSpan> words, IReadOnlyList<(string Slot, Knowledge.TextSpan Span)> slots)
    {
        List<string> tags = [];
        var last = -1;
        foreach (var word in words)
        {
            var slot = -1;
            for (var i = 0; i < slots.Count && slot < 0; i++)
            {
                slot = word.Start >= slots[i].Span.Start && word.Start < slots[i].Span.End ? i : -1;
            }

            tags.Add(slot < 0 ? "O" : (slot == last ? "I-" : "B-") + slots[slot].Slot);
            last = slot;
        }

        return tags;
    }
}
