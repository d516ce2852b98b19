using CopilotBot.Knowledge;

namespace CopilotBot.Extraction.Training;

/// <summary>Slots as BIO tags of the words that the tagger reads, which a set may cut in another way.</summary>
internal static class WordTags
{
    /// <param name="slots">In their order; they do not overlap.</param>
    /// <returns>One tag for each word: a word that a slot touches belongs to it.</returns>
    public static string[] Of(IReadOnlyList<TextSpan> words, IReadOnlyList<(string Slot, TextSpan Span)> slots)
    {
        var tags = new string[words.Count];
        var open = -1;
        for (var word = 0; word < tags.Length; word++)
        {
            var slot = IndexOfSlot(slots, words[word]);
            tags[word] = slot < 0 ? "O" : $"{(slot == open ? 'I' : 'B')}-{slots[slot].Slot}";
            open = slot;
        }

        return tags;
    }

    private static int IndexOfSlot(IReadOnlyList<(string Slot, TextSpan Span)> slots, TextSpan word)
    {
        for (var slot = 0; slot < slots.Count; slot++)
        {
            if (word.Start < slots[slot].Span.End && word.End > slots[slot].Span.Start)
            {
                return slot;
            }
        }

        return -1;
    }
}
