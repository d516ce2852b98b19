using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>Where the weights of a BERT-type encoder are in the shipped tagger's network. Matrices are [inputs, outputs].</summary>
/// <param name="Layers">Number of layers.</param>
/// <param name="OnnxNames">ONNX name by the name used here.</param>
internal sealed record EncoderPlaces(int Layers, IReadOnlyDictionary<string, string> OnnxNames)
{
    /// <summary>Frozen: words that the training set does not have keep their place beside those it has, and the file keeps these tables with one scale each.</summary>
    public static readonly IReadOnlyList<string> Frozen = ["words", "positions", "types"];

    /// <summary>Matrices of a layer, in the order of its computation; each has a bias.</summary>
    public static readonly IReadOnlyList<string> Matrices = ["qkv", "attention", "intermediate", "output"];

    /// <exception cref="ModelException">The network is not of the shipped tagger's kind.</exception>
    public static EncoderPlaces In(OnnxWeights network)
    {
        Dictionary<string, string> names = new()
        {
            ["words"] = "b.embeddings.word_embeddings.weight",
            ["positions"] = "b.embeddings.position_embeddings.weight",
            ["types"] = "b.embeddings.token_type_embeddings.weight",
            ["embeddings.norm.weight"] = "b.embeddings.LayerNorm.weight",
            ["embeddings.norm.bias"] = "b.embeddings.LayerNorm.bias",
        };
        var layer = 0;
        for (; layer == 0 || network.HasNode($"Attention_{layer}_quant"); layer++)
        {
            AddLayer(network, layer, names);
        }

        return new EncoderPlaces(layer, names);
    }

    /// <summary>Writes trained weights into the network, as it keeps them.</summary>
    public void Put(IReadOnlyDictionary<string, float[]> weights, OnnxWeights network)
    {
        foreach (var (name, values) in weights)
        {
            network.Set(OnnxNames[name], values);
        }
    }

    private static void AddLayer(OnnxWeights network, int layer, Dictionary<string, string> names)
    {
        var (here, nodes, tensors) = ($"layer.{layer}", $"/b/encoder/layer.{layer}", $"b.encoder.layer.{layer}");
        names[$"{here}.qkv.weight"] = network.WeightOf($"Attention_{layer}_quant");
        names[$"{here}.qkv.bias"] = $"Attention_{layer}_qkv_bias";
        names[$"{here}.attention.weight"] = network.WeightOf($"{nodes}/attention/output/dense/MatMul_quant");
        names[$"{here}.attention.bias"] = $"{tensors}.attention.output.dense.bias";
        names[$"{here}.attention.norm.weight"] = $"{tensors}.attention.output.LayerNorm.weight";
        names[$"{here}.attention.norm.bias"] = $"{tensors}.attention.output.LayerNorm.bias";
        names[$"{here}.intermediate.weight"] = network.WeightOf($"{nodes}/intermediate/dense/MatMul_quant");
        names[$"{here}.intermediate.bias"] = $"{tensors}.intermediate.dense.bias";
        names[$"{here}.output.weight"] = network.WeightOf($"{nodes}/output/dense/MatMul_quant");
        names[$"{here}.output.bias"] = $"{tensors}.output.dense.bias";
        names[$"{here}.output.norm.weight"] = $"{tensors}.output.LayerNorm.weight";
        names[$"{here}.output.norm.bias"] = $"{tensors}.output.LayerNorm.bias";
    }
}
