using System.Text.Json;
using CopilotBot.Extraction;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>The tagger that ships, and the texts of its golden.json.</summary>
internal static class ShippedTagger
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models", "tagger");

    public static ModelEntry Model { get; } = ModelEntry.InFolder(Folder, ModelRole.Tagger);

    public static OnnxWeights ReadWeights() => OnnxWeights.Read(Model.Read(ModelEntry.Network));

    public static IReadOnlyList<Example> GoldenTexts(OnnxTokenTagger tagger)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "golden.json")));
        var texts = golden.RootElement.GetProperty("texts").EnumerateArray().Select(text => text.GetProperty("text").GetString()!);
        return Example.Of([.. texts.Select(text => new LabelledMessage(text, [], null, "", false, "", null, null))], tagger);
    }

    /// <summary>The heads that are in the network itself, as heads of a folder.</summary>
    public static TaggerHeads OwnHeads(OnnxWeights weights)
    {
        var names = TaggerLabels.Load(Model);
        var none = new float[names.Tags.Count * names.Tags.Count];
        return new TaggerHeads(
            names.Intents, names.Tags, "mean", Transpose(weights, weights.WeightOf("/i/Gemm_MatMul_quant")), weights.Get("i.bias"), Transpose(weights, weights.WeightOf("/s/MatMul_quant")), weights.Get("s.bias"), none, new float[names.Tags.Count], 1, null);
    }

    private static float[] Transpose(OnnxWeights weights, string name)
    {
        var (values, shape) = (weights.Get(name), weights.ShapeOf(name));
        return [.. Enumerable.Range(0, values.Length).Select(i => values[(i % shape[0] * shape[1]) + (i / shape[0])])];
    }
}
