namespace CopilotBot.FineTuning;

/// <summary>
/// Augmentation: a slot's value is replaced by one that another message has for the same slot, so that the words around a value are learnt rather than the value.
/// </summary>
internal sealed class ValueSwap
{
    private readonly Dictionary<string, List<IReadOnlyList<IReadOnlyList<int>>>> _values;

    public ValueSwap(IReadOnlyList<Example> examples)
    {
        _values = examples.SelectMany(Segments).Where(segment => segment.Slot.Length > 0)
            .GroupBy(segment => segment.Slot)
            .ToDictionary(slot => slot.Key, slot => slot.Select(segment => segment.Pieces).DistinctBy(Key).ToList());
    }

    /// <param name="rate">Part of the values that are replaced.</param>
    public Example Apply(Example example, double rate, Random random)
    {
        if (example.Tags is null || example.Tags.All(tag => tag == "O"))
        {
            return example;
        }

        List<IReadOnlyList<int>> pieces = [];
        List<string> tags = [];
        foreach (var (slot, own) in Segments(example))
        {
            var words = slot.Length > 0 && random.NextDouble() < rate ? _values[slot][random.Next(_values[slot].Count)] : own;
            pieces.AddRange(words);
            tags.AddRange(words.Select((_, word) => slot.Length == 0 ? "O" : (word == 0 ? "B-" : "I-") + slot));
        }

        return pieces.Sum(word => word.Count) + 2 > Inference.OnnxTokenTagger.MaximumTokens ? example : example with { Pieces = pieces, Tags = tags };
    }

    /// <summary>Runs of words: each slot's, and each word that is in none.</summary>
    private static IEnumerable<(string Slot, IReadOnlyList<IReadOnlyList<int>> Pieces)> Segments(Example example)
    {
        for (var word = 0; word < example.Pieces.Count;)
        {
            var (start, tag) = (word++, example.Tags?[word - 1] ?? "O");
            while (tag != "O" && word < example.Pieces.Count && example.Tags![word][0] == 'I') // tags are there, or tag were O
            {
                word++;
            }

            yield return (tag == "O" ? "" : tag[2..], [.. example.Pieces.Skip(start).Take(word - start)]);
        }
    }

    private static string Key(IReadOnlyList<IReadOnlyList<int>> value) => string.Join(' ', value.SelectMany(word => word));
}
