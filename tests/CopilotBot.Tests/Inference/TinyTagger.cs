using CopilotBot.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Inference;

/// <summary>A tagger whose network looks each word's state up in a table: as quick as it is small.</summary>
internal static class TinyTagger
{
    public const int States = 16;

    public static IReadOnlyList<string> Words { get; } =
        ["please", "open", "find", "a", "ticket", "for", "the", "in", "printer", "vpn", "badge", "reader", "coffee", "machine", "berlin", "oslo", "new", "york", "lisbon", "room", "4", "5"];

    public static ModelEntry Write(TemporaryFolder folder, string name = "base")
    {
        string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Words];
        var random = new Random(7);
        float[][] table = [.. vocabulary.Select(_ => Enumerable.Range(0, States).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray())];
        folder.Write(Path.Combine(name, "vocab.txt"), string.Join('\n', vocabulary) + "\n");
        folder.Write(Path.Combine(name, "labels.json"), """{ "intents": ["create_ticket"], "tags": ["O"] }""");
        File.WriteAllBytes(folder.In(name, "model.onnx"), new TinyModel { Output = HeadOutputs.StateOutput, Table = table }.Build());
        return ModelEntry.InFolder(folder.In(name), ModelRole.Tagger);
    }

    public static ModelEntry WriteHeads(TemporaryFolder folder, TaggerHeads heads)
    {
        Write(folder);
        File.WriteAllBytes(folder.In("base", TaggerHeads.FileName), heads.Write());
        return ModelEntry.InFolder(folder.In("base"), ModelRole.Tagger);
    }

    /// <summary>Two intents and one slot, all weights zero.</summary>
    public static TaggerHeads Heads() => new(
        ["open", "find"], ["O", "B-system", "I-system"], "mean", new float[2 * States], [1, 0], new float[3 * States], [0, 1, 2], null, null, 1, null);
}
