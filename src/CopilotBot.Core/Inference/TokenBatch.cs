using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>Rows of token ids padded to one length, as int64 tensors over pooled memory.</summary>
internal sealed class TokenBatch : IDisposable
{
    private readonly List<long[]> _buffers = [];

    private readonly Dictionary<string, OrtValue> _inputs = [];

    /// <param name="rows">Ids with CLS and SEP.</param>
    /// <param name="firstSegment">Tokens of type 0 in each row (the rest is type 1), or null for a model without token types.</param>
    public TokenBatch(IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<int>? firstSegment = null)
    {
        Length = rows.Max(row => row.Count);
        long[] shape = [rows.Count, Length];
        var ids = Rent(rows.Count * Length);
        var mask = Rent(rows.Count * Length);
        var types = firstSegment is null ? null : Rent(rows.Count * Length);
        for (var r = 0; r < rows.Count; r++)
        {
            for (var t = 0; t < rows[r].Count; t++)
            {
                ids[(r * Length) + t] = rows[r][t];
                mask[(r * Length) + t] = 1;
                if (types is not null)
                {
                    types[(r * Length) + t] = t < firstSegment![r] ? 0 : 1; // types exist only with firstSegment
                }
            }
        }

        Add("input_ids", ids, shape);
        Add("attention_mask", mask, shape);
        if (types is not null)
        {
            Add("token_type_ids", types, shape);
        }
    }

    /// <summary>Tokens of the longest row.</summary>
    public int Length { get; }

    public IReadOnlyDictionary<string, OrtValue> Inputs => _inputs;

    public void Dispose()
    {
        foreach (var input in _inputs.Values)
        {
            input.Dispose();
        }

        foreach (var buffer in _buffers)
        {
            ArrayPool<long>.Shared.Return(buffer);
        }
    }

    private long[] Rent(int length)
    {
        var buffer = ArrayPool<long>.Shared.Rent(length);
        Array.Clear(buffer, 0, length);
        _buffers.Add(buffer);
        return buffer;
    }

    private void Add(string name, long[] buffer, long[] shape) =>
        _inputs[name] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, (int)(shape[0] * shape[1])), shape);
}
