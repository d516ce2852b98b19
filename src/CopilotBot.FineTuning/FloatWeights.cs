using System.Runtime.InteropServices;

namespace CopilotBot.FineTuning;

/// <summary>
/// weights-fp32.bin: the encoder's weights as trained, before they are written as int8. Number of weights, then of each its name, its number of values and the values
/// (float32, little-endian).
/// </summary>
internal static class FloatWeights
{
    public const string FileName = "weights-fp32.bin";

    public static void Write(string path, IReadOnlyDictionary<string, float[]> weights)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(weights.Count);
        foreach (var (name, values) in weights)
        {
            writer.Write(name);
            writer.Write(values.Length);
            writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    /// <exception cref="EndOfStreamException">The file ends too early.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        Dictionary<string, float[]> weights = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var values = new float[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            weights[name] = values;
        }

        return weights;
    }
}
