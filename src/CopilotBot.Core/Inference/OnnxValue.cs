using System.Text;
using Google.Protobuf;

namespace CopilotBot.Inference;

/// <summary>A value of an ONNX file (onnx.proto3) as its place in the file, so that nothing is copied.</summary>
/// <param name="Start">First byte of a message, a text or packed numbers; 0 for a number.</param>
/// <param name="Number">Of a value that is one number.</param>
internal readonly record struct OnnxValue(int Start, int Length, ulong Number)
{
    /// <summary>Field numbers and values of the message that lies in that part of the file; fixed-width fields are left out.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is no message.</exception>
    public static List<(int Field, OnnxValue Value)> Fields(byte[] model, int start, int length)
    {
        var fields = new List<(int, OnnxValue)>();
        using var input = new CodedInputStream(model, start, length);
        while (!input.IsAtEnd)
        {
            var tag = input.ReadTag();
            var before = (int)input.Position;
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
            {
                fields.Add((WireFormat.GetTagFieldNumber(tag), new OnnxValue(0, 0, input.ReadUInt64())));
                continue;
            }

            input.SkipLastField();
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                using var prefix = new CodedInputStream(model, before, (int)input.Position - before);
                var size = prefix.ReadLength();
                fields.Add((WireFormat.GetTagFieldNumber(tag), new OnnxValue((int)input.Position - size, size, 0)));
            }
        }

        return fields;
    }

    public List<(int Field, OnnxValue Value)> Fields(byte[] model) => Fields(model, Start, Length);

    public string Text(byte[] model) => Encoding.UTF8.GetString(model, Start, Length);

    public string NameIn(byte[] model, int field) => Fields(model).Find(item => item.Field == field).Value.Text(model);
}
