using System.Runtime.InteropServices;
using Google.Protobuf;

namespace CopilotBot.Inference;

/// <summary>
/// The weights of an ONNX file as float32. A weight may be kept as int8 or uint8 (NAME_quantized with NAME_scale and NAME_zero_point, as ONNX Runtime's dynamic
/// quantisation writes it). Weights are written into their places: the graph, the size of the file and every other byte stay.
/// </summary>
internal sealed class OnnxWeights
{
    private const string Quantized = "_quantized";

    private readonly byte[] _model;

    private readonly Dictionary<string, Tensor> _tensors = [];

    private readonly Dictionary<string, IReadOnlyList<string>> _inputsOfNodes = [];

    private OnnxWeights(byte[] model) => _model = model;

    /// <summary>TensorProto.DataType.</summary>
    private enum ElementType
    {
        Float = 1,
        UInt8 = 2,
        Int8 = 3,
    }

    /// <param name="model">The file; it is copied.</param>
    /// <exception cref="ModelException">It is not an ONNX model.</exception>
    public static OnnxWeights Read(byte[] model)
    {
        var weights = new OnnxWeights([.. model]);
        try
        {
            weights.ReadGraph();
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidOperationException)
        {
            throw new ModelException("The weights cannot be read, because the file is not an ONNX model: restore the model folder.", exception);
        }

        return weights;
    }

    public bool HasNode(string node) => _inputsOfNodes.ContainsKey(node);

    /// <summary>Name of the weight that a node of the graph takes as its second input, without the suffix of quantised ones.</summary>
    /// <exception cref="ModelException">There is no such node, or it takes none.</exception>
    public string WeightOf(string node) =>
        _inputsOfNodes.TryGetValue(node, out var inputs) && inputs.Count > 1 && _tensors.ContainsKey(inputs[1])
            ? inputs[1].EndsWith(Quantized, StringComparison.Ordinal) ? inputs[1][..^Quantized.Length] : inputs[1]
            : throw new ModelException($"The network has no node '{node}' with a weight: it is not one of the shipped tagger's kind, name that one's folder as base.");

    /// <exception cref="ModelException">There is no such weight.</exception>
    public IReadOnlyList<int> ShapeOf(string name) => (_tensors.GetValueOrDefault(name + Quantized) ?? Find(name)).Shape;

    /// <returns>Row by row.</returns>
    /// <exception cref="ModelException">There is no such weight, or it is kept in a way that is not known here.</exception>
    public float[] Get(string name)
    {
        if (!_tensors.TryGetValue(name + Quantized, out var tensor))
        {
            return [.. Floats(name)];
        }

        var scales = Floats(name + "_scale");
        if (tensor.Type == ElementType.Int8)
        {
            RequireSymmetric(name);
            return ChannelQuantizer.Dequantize(MemoryMarshal.Cast<byte, sbyte>(Bytes(tensor)), scales);
        }

        var (scale, zero) = (scales[0], Find(name + "_zero_point").Integers.Single());
        var values = new float[tensor.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (_model[tensor.Start + i] - zero) * scale;
        }

        return values;
    }

    /// <summary>Writes a weight as it is kept: float32, or int8 with new scales.</summary>
    /// <param name="values">Row by row, as many as there are.</param>
    /// <exception cref="ModelException">There is no such weight, it has another size, or it is kept as uint8.</exception>
    public void Set(string name, float[] values)
    {
        if (!_tensors.TryGetValue(name + Quantized, out var tensor))
        {
            Copy(values, Floats(name), name);
            return;
        }

        if (tensor.Type != ElementType.Int8)
        {
            throw new ModelException($"The weight '{name}' is kept as uint8 with one scale and is not written: leave it frozen.");
        }

        RequireSymmetric(name);
        var (quantized, scales) = ChannelQuantizer.Quantize(values, tensor.Shape[^1]);
        Copy(quantized, MemoryMarshal.Cast<byte, sbyte>(Bytes(tensor)), name);
        Copy(scales, Floats(name + "_scale"), name);
    }

    public byte[] Write() => [.. _model];

    private static void Copy<T>(T[] values, Span<T> place, string name)
    {
        if (values.Length != place.Length)
        {
            throw new ModelException($"The weight '{name}' has {place.Length} values and not {values.Length}: write the weights of the same network.");
        }

        values.CopyTo(place);
    }

    private void RequireSymmetric(string name)
    {
        if (Find(name + "_zero_point").Integers.Any(zero => zero != 0))
        {
            throw new ModelException($"The weight '{name}' is int8 with zero points other than 0: quantise the network symmetrically.");
        }
    }

    private Tensor Find(string name) => _tensors.GetValueOrDefault(name) ?? throw new ModelException($"The network has no weight '{name}': it is not one of the shipped tagger's kind, name that one's folder as base.");

    private Span<float> Floats(string name) =>
        Find(name) is { Type: ElementType.Float } tensor
            ? MemoryMarshal.Cast<byte, float>(Bytes(tensor))
            : throw new ModelException($"The weight '{name}' is not float32: it is not one of the shipped tagger's kind, name that one's folder as base.");

    private Span<byte> Bytes(Tensor tensor) => _model.AsSpan(tensor.Start, tensor.Length);

    /// <summary>ModelProto: 7 graph. GraphProto: 1 node, 5 initializer. NodeProto: 1 input, 3 name.</summary>
    private void ReadGraph()
    {
        foreach (var (field, value) in OnnxValue.Fields(_model, 0, _model.Length).Where(item => item.Field == 7).SelectMany(graph => graph.Value.Fields(_model)))
        {
            if (field == 1)
            {
                _inputsOfNodes[value.NameIn(_model, 3)] = [.. value.Fields(_model).Where(item => item.Field == 1).Select(item => item.Value.Text(_model))];
            }
            else if (field == 5)
            {
                ReadTensor(value);
            }
        }
    }

    /// <summary>TensorProto: 1 dims, 2 data_type, 4 float_data (packed), 5 int32_data (packed), 8 name, 9 raw_data.</summary>
    private void ReadTensor(OnnxValue message)
    {
        List<int> shape = [];
        List<int> integers = [];
        var (type, name, place) = ((ElementType)0, "", default(OnnxValue));
        foreach (var (field, value) in message.Fields(_model))
        {
            switch (field)
            {
                case 1:
                    shape.Add((int)value.Number);
                    break;
                case 2:
                    type = (ElementType)value.Number;
                    break;
                case 4 or 9:
                    place = value;
                    break;
                case 5:
                    integers.AddRange(value.Length > 0 ? Unpack(value) : [(int)value.Number]);
                    break;
                case 8:
                    name = value.Text(_model);
                    break;
                default:
                    break;
            }
        }

        _tensors[name] = new Tensor(type, shape, place.Start, place.Length, integers);
    }

    private List<int> Unpack(OnnxValue value)
    {
        List<int> integers = [];
        using var input = new CodedInputStream(_model, value.Start, value.Length);
        while (!input.IsAtEnd)
        {
            integers.Add(input.ReadInt32());
        }

        return integers;
    }

    /// <param name="Start">Of its values in the file.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="Integers">Values that are kept as numbers of the message.</param>
    private sealed record Tensor(ElementType Type, IReadOnlyList<int> Shape, int Start, int Length, IReadOnlyList<int> Integers);
}
