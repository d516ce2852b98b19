using System.Runtime.InteropServices;
using Google.Protobuf;

namespace CopilotBot.Tests.Inference;

/// <summary>Writes ONNX files by hand (field numbers of onnx.proto3): an embedding table that looks token ids up, with whatever is wrong with it.</summary>
internal sealed class TinyModel
{
    public string Output { get; init; } = "last_hidden_state";

    public IReadOnlyList<string> Inputs { get; init; } = ["input_ids", "attention_mask"];

    /// <summary>Domain of the operator.</summary>
    public string Domain { get; init; } = "";

    public string Operator { get; init; } = "Gather";

    /// <summary>Tensors point into this file instead of holding their values.</summary>
    public string? ExternalFile { get; init; }

    /// <summary>The table lies in so many branches of If operators, one inside the other.</summary>
    public int Depth { get; init; }

    public bool HasFunction { get; init; }

    /// <summary>[token][dimension].</summary>
    public float[][] Table { get; init; } = [[1, 0], [0, 1]];

    public byte[] Build()
    {
        byte[] tensor = [.. Varint(1, (ulong)Table.Length), .. Varint(1, (ulong)Table[0].Length), .. Varint(2, 1), .. Text(8, "table"), .. Values()];
        byte[] node = [.. Text(1, "table"), .. Text(1, "input_ids"), .. Text(2, Output), .. Text(4, Operator), .. Domain.Length > 0 ? Text(7, Domain) : []];
        byte[] graph =
        [
            .. Depth > 0 ? Nested([.. Message(1, node), .. Message(5, tensor)]) : Message(1, node),
            .. Text(2, "tiny"),
            .. Depth > 0 ? [] : Message(5, tensor),
            .. Inputs.SelectMany(input => Message(11, ValueInfo(input, 7, "batch", "tokens"))),
            .. Message(12, ValueInfo(Output, 1, "batch", "tokens", "dimensions")),
        ];
        return
        [
            .. Varint(1, 8), .. Message(7, graph), .. Message(8, Varint(2, 17)),
            .. Domain.Length > 0 ? Message(8, [.. Text(1, Domain), .. Varint(2, 1)]) : [],
            .. HasFunction ? Message(25, Text(1, "f")) : [],
        ];
    }

    private byte[] Nested(byte[] graph)
    {
        for (var i = 0; i < Depth; i++)
        {
            graph = Message(1, [.. Text(4, "If"), .. Message(5, [.. Text(1, "then_branch"), .. Message(6, graph)])]);
        }

        return graph;
    }

    private byte[] Values() => ExternalFile is null
        ? Message(9, MemoryMarshal.AsBytes<float>(Table.SelectMany(row => row).ToArray()).ToArray())
        : [.. Message(13, [.. Text(1, "location"), .. Text(2, ExternalFile)]), .. Varint(14, 1)];

    /// <summary>ValueInfoProto: 1 name, 2 type { 1 tensor_type { 1 elem_type, 2 shape { 1 dim { 2 dim_param } } } }.</summary>
    private static byte[] ValueInfo(string name, ulong type, params string[] dimensions) =>
        [.. Text(1, name), .. Message(2, Message(1, [.. Varint(1, type), .. Message(2, [.. dimensions.SelectMany(dimension => Message(1, Text(2, dimension)))])]))];

    private static byte[] Text(int field, string text) => Message(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => Write(output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
    });

    private static byte[] Varint(int field, ulong value) => Write(output =>
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteUInt64(value);
    });

    private static byte[] Write(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }
}
