using CopilotBot.Inference;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Puts examples of like length together and makes tensors of them.</summary>
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
        var frame = tagger.Tokenize("").Row;
        (_classify, _separate) = (frame[0], frame[^1]);
        _intents = Index(labels.Intents);
        _tags = Index(labels.Tags);
    }

    /// <summary>All examples once, in an order that <paramref name="random"/> chooses; texts of a batch have like lengths.</summary>
    public static IReadOnlyList<IReadOnlyList<Example>> Shuffle(IReadOnlyList<Example> examples, int size, Random random)
    {
        var shuffled = examples.ToArray();
        random.Shuffle(shuffled);
        var batches = shuffled.Chunk(size * Pool).SelectMany(pool => pool.OrderBy(example => example.Length).Chunk(size)).ToArray();
        random.Shuffle(batches);
        return batches;
    }

    /// <summary>Labels that training did not have become the first one: of an example that is only read.</summary>
    public ExampleBatch ToTensors(IReadOnlyList<Example> examples)
    {
        var (texts, tokens, words) = (examples.Count, examples.Max(example => example.Length), examples.Max(example => example.Pieces.Count));
        var (ids, mask) = (new long[texts * tokens], new bool[texts * tokens]);
        var (first, wordMask, tags) = (new long[texts * words], new bool[texts * words], new long[texts * words]);
        for (var text = 0; text < texts; text++)
        {
            var at = text * tokens;
            ids[at++] = _classify;
            for (var word = 0; word < examples[text].Pieces.Count; word++)
            {
                var place = (text * words) + word;
                first[place] = at - (text * tokens);
                wordMask[place] = true;
                tags[place] = examples[text].Tags is { } names ? _tags.GetValueOrDefault(names[word]) : 0;
                foreach (var piece in examples[text].Pieces[word])
                {
                    ids[at++] = piece;
                }
            }

            ids[at++] = _separate;
            mask.AsSpan((text * tokens)..at).Fill(true);
        }

        return new ExampleBatch(
            tensor(ids, [texts, tokens]),
            mask.Contains(false) ? tensor(mask, [texts, tokens]) : null,
            tensor(first, [texts, words]),
            tensor(wordMask, [texts, words]),
            tensor(tags, [texts, words]),
            tensor(examples.Select(example => _intents.GetValueOrDefault(example.Intent)).ToArray()));
    }

    private static Dictionary<string, long> Index(IReadOnlyList<string> names) => names.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => (long)item.i);
}
