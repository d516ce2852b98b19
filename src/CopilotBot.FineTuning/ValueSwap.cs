using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>
/// Augmentation: a slot's value is replaced by one that another message has for the same slot, so that the words around a value are learnt rather than the value.
/// </summary>
internal sealed class ValueSwap
{
    private readonly Dictionary<string, List<IReadOnlyList<int[]>>> _values;

    public ValueSwap(IReadOnlyList<TaggedPieces> texts)
    {
        _values = texts.SelectMany(Segments).Where(segment => segment.Slot.Length > 0)
            .GroupBy(segment => segment.Slot)
            .ToDictionary(slot => slot.Key, slot => slot.Select(segment => segment.Pieces).DistinctBy(Key).ToList());
    }

    /// <param name="rate">Part of the values that are replaced.</param>
    public TaggedPieces Apply(TaggedPieces text, double rate, Random random)
    {
        if (text.Tags.All(tag => tag == "O"))
        {
            return text;
        }

        List<int[]> pieces = [];
        List<string> tags = [];
        foreach (var (slot, own) in Segments(text))
        {
            var words = slot.Length > 0 && random.NextDouble() < rate ? _values[slot][random.Next(_values[slot].Count)] : own;
            pieces.AddRange(words);
            tags.AddRange(words.Select((_, word) => slot.Length == 0 ? "O" : (word == 0 ? "B-" : "I-") + slot));
        }

        var swapped = new TaggedPieces(pieces, tags, text.Intent);
        return swapped.Length > OnnxTokenTagger.MaximumTokens ? text : swapped;
    }

    /// <summary>Runs of words: each slot's, and each word that is in none.</summary>
    private static IEnumerable<(string Slot, IReadOnlyList<int[]> Pieces)> Segments(TaggedPieces text)
    {
        for (var word = 0; word < text.Pieces.Count;)
        {
            var (start, tag) = (word, text.Tags[word]);
            do
            {
                word++;
            }
            while (tag != "O" && word < text.Pieces.Count && text.Tags[word][0] == 'I');

            yield return (tag == "O" ? "" : tag[2..], [.. text.Pieces.Skip(start).Take(word - start)]);
        }
    }

    private static string Key(IReadOnlyList<int[]> value) => string.Join(' ', value.SelectMany(word => word));
}
