using CopilotBot.Inference;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Puts texts of like length together and makes tensors of them.</summary>
internal sealed class Batching
{
    /// <summary>Batches out of which one pool is sorted by length.</summary>
    private const int Pool = 50;

    private readonly int _classify;

    private readonly int _separate;

    private readonly Dictionary<string, long> _intents;

    private readonly Dictionary<string, long> _tags;

    public Batching(LabelNames labels, OnnxTokenTagger tagger)
    {
        var frame = tagger.Tokenize("").TokenIds;
        (_classify, _separate) = (frame[0], frame[^1]);
        _intents = Index(labels.Intents);
        _tags = Index(labels.Tags);
    }

    /// <summary>All texts once, in an order that <paramref name="random"/> chooses; texts of a batch have like lengths.</summary>
    public static IReadOnlyList<IReadOnlyList<TaggedPieces>> Shuffle(IReadOnlyList<TaggedPieces> texts, int size, Random random)
    {
        var shuffled = texts.ToArray();
        random.Shuffle(shuffled);
        var batches = shuffled.Chunk(size * Pool).SelectMany(pool => pool.OrderBy(text => text.Length).Chunk(size)).ToArray();
        random.Shuffle(batches);
        return batches;
    }

    /// <summary>Labels that training did not have become the first one: of a text that is only read.</summary>
    public ExampleBatch ToTensors(IReadOnlyList<TaggedPieces> texts)
    {
        var (count, tokens, words) = (texts.Count, texts.Max(text => text.Length), texts.Max(text => text.Pieces.Count));
        var (ids, mask) = (new long[count * tokens], new bool[count * tokens]);
        var (first, wordMask, tags) = (new long[count * words], new bool[count * words], new long[count * words]);
        for (var text = 0; text < count; text++)
        {
            var at = text * tokens;
            ids[at++] = _classify;
            for (var word = 0; word < texts[text].Pieces.Count; word++)
            {
                var place = (text * words) + word;
                (first[place], wordMask[place], tags[place]) = (at - (text * tokens), true, _tags.GetValueOrDefault(texts[text].Tags[word]));
                foreach (var piece in texts[text].Pieces[word])
                {
                    ids[at++] = piece;
                }
            }

            ids[at++] = _separate;
            mask.AsSpan((text * tokens)..at).Fill(true);
        }

        return new ExampleBatch(
            tensor(ids, [count, tokens]),
            mask.Contains(false) ? tensor(mask, [count, tokens]) : null,
            tensor(first, [count, words]),
            tensor(wordMask, [count, words]),
            tensor(tags, [count, words]),
            tensor(texts.Select(text => _intents.GetValueOrDefault(text.Intent)).ToArray()));
    }

    private static Dictionary<string, long> Index(IReadOnlyList<string> names) => names.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => (long)item.i);
}
