using CopilotBot.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>
/// The encoder of the shipped tagger (BERT as MiniLM-L6: layers with the norm behind, GELU by erf, 12 heads) over float32 weights read from its ONNX file. With low-rank
/// adapters only these are trained; without, everything but the tables of <see cref="EncoderPlaces.Frozen"/>.
/// </summary>
internal sealed class TorchEncoder
{
    private const int Heads = 12;

    private const string Suffix = ".weight";

    private const double NormEpsilon = 1e-12;

    private const double Dropout = 0.1;

    private readonly EncoderPlaces _places;

    private readonly Dictionary<string, Parameter> _weights = [];

    private readonly Dictionary<string, LowRankAdapter> _adapters = [];

    /// <param name="trained">Weights that take the place of the file's, by their names of <see cref="EncoderPlaces"/>; null for none.</param>
    /// <param name="rank">Of the adapters; null to train the matrices themselves.</param>
    /// <exception cref="ModelException">The network is not of the shipped tagger's kind.</exception>
    public TorchEncoder(OnnxWeights network, IReadOnlyDictionary<string, float[]>? trained = null, int? rank = null)
    {
        _places = EncoderPlaces.In(network);
        foreach (var (name, place) in _places.OnnxNames)
        {
            var shape = network.ShapeOf(place).Select(size => (long)size).ToArray();
            _weights[name] = new Parameter(tensor(trained?.GetValueOrDefault(name) ?? network.Get(place), shape), requires_grad: rank is null && !EncoderPlaces.Frozen.Contains(name));
        }

        if (rank is { } size)
        {
            foreach (var name in Enumerable.Range(0, _places.Layers).SelectMany(layer => EncoderPlaces.Matrices.Select(matrix => $"layer.{layer}.{matrix}")))
            {
                _adapters[name] = LowRankAdapter.For(_weights[name + ".weight"], size);
            }
        }
    }

    /// <summary>Matrices and their inputs are rounded as the int8 file rounds them.</summary>
    public bool Rounds { get; set; }

    /// <summary>Matrices are multiplied in bfloat16 while training.</summary>
    public bool TrainsInBfloat16 { get; set; }

    public int Layers => _places.Layers;

    public int Width => (int)_weights["words"].shape[1];

    /// <summary>What is trained, with the layer that it is in; -1 for the embeddings' norm.</summary>
    public IEnumerable<(Parameter Parameter, int Layer)> Trained =>
        _weights.Where(weight => weight.Value.requires_grad).Select(weight => (weight.Value, LayerOf(weight.Key)))
            .Concat(_adapters.SelectMany(adapter => new[] { (adapter.Value.Down, LayerOf(adapter.Key)), (adapter.Value.Up, LayerOf(adapter.Key)) }));

    /// <param name="ids">[texts, tokens], int64.</param>
    /// <param name="mask">[texts, tokens], true for a token; null where no text is padded.</param>
    /// <returns>States, [texts, tokens, width].</returns>
    public Tensor Forward(Tensor ids, Tensor? mask, bool training)
    {
        var (texts, tokens) = (ids.shape[0], ids.shape[1]);
        var words = _weights["words"].index_select(0, ids.reshape(-1)).view(texts, tokens, Width);
        var embedded = words + _weights["positions"].narrow(0, 0, tokens) + _weights["types"].select(0, 0);
        var states = Drop(Norm(embedded, "embeddings.norm"), training);
        var padding = mask is null ? null : mask.logical_not().to(float32).mul(float.MinValue / 2).view(texts, 1, 1, tokens);
        for (var layer = 0; layer < _places.Layers; layer++)
        {
            var name = $"layer.{layer}";
            var attended = Drop(Linear(Attend(states, padding, name, training), $"{name}.attention", training), training);
            states = Norm(states + attended, $"{name}.attention.norm");
            var inner = nn.functional.gelu(Linear(states, $"{name}.intermediate", training));
            states = Norm(states + Drop(Linear(inner, $"{name}.output", training), training), $"{name}.output.norm");
        }

        return states;
    }

    /// <summary>Weights that training may have changed, adapters merged, by their names of <see cref="EncoderPlaces"/>.</summary>
    public IReadOnlyDictionary<string, float[]> Merged()
    {
        using var _ = no_grad();
        Dictionary<string, float[]> merged = [];
        foreach (var (name, weight) in _weights.Where(weight => !EncoderPlaces.Frozen.Contains(weight.Key)))
        {
            using var scope = NewDisposeScope();
            var value = name.EndsWith(Suffix, StringComparison.Ordinal) && _adapters.TryGetValue(name[..^Suffix.Length], out var adapter) ? weight + adapter.Product() : weight;
            merged[name] = value.data<float>().ToArray();
        }

        return merged;
    }

    private Tensor Attend(Tensor states, Tensor? padding, string layer, bool training)
    {
        var (texts, tokens) = (states.shape[0], states.shape[1]);
        var parts = Linear(states, $"{layer}.qkv", training).view(texts, tokens, 3, Heads, Width / Heads).permute(2, 0, 3, 1, 4).unbind(0);
        var context = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], padding!, training ? Dropout : 0); // null is "no mask"
        return context.permute(0, 2, 1, 3).reshape(texts, tokens, Width);
    }

    private Tensor Linear(Tensor input, string name, bool training)
    {
        var rows = input.reshape(-1, input.shape[^1]);
        rows = Rounds ? Rounding.Input(rows) : rows;
        var matrix = _adapters.TryGetValue(name, out var adapter) ? _weights[name + Suffix] + adapter.Product() : _weights[name + Suffix];
        var output = Product(rows, Rounds ? Rounding.Weights(matrix) : matrix, training) + _weights[name + ".bias"];
        return output.view([.. input.shape[..^1], output.shape[1]]);
    }

    /// <summary>Sums of bfloat16 products are float32 inside the processor; so are the weights that are trained.</summary>
    private Tensor Product(Tensor rows, Tensor matrix, bool training) =>
        training && TrainsInBfloat16 ? rows.to(bfloat16).mm(matrix.to(bfloat16)).to(float32) : rows.mm(matrix);

    private Tensor Norm(Tensor input, string name) => nn.functional.layer_norm(input, [Width], _weights[name + ".weight"], _weights[name + ".bias"], NormEpsilon);

    private static Tensor Drop(Tensor input, bool training) => training ? nn.functional.dropout(input, Dropout) : input;

    private static int LayerOf(string name) => name.Split('.') is ["layer", var layer, ..] ? int.Parse(layer, System.Globalization.CultureInfo.InvariantCulture) : -1;
}
