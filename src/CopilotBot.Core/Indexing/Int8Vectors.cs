using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CopilotBot.Indexing;

/// <summary>
/// Arithmetic of stored vectors. A stored value is round(127 x); a query keeps 16 bits, so only the stored side loses precision, and sums
/// are whole numbers: a score never depends on the order of additions or on the instruction set.
/// </summary>
public static class Int8Vectors
{
    /// <summary>Factor from a <see cref="Dot"/> to a cosine.</summary>
    public const float Scale = 1f / (127f * short.MaxValue);

    public static sbyte[] Quantise(ReadOnlySpan<float> vector)
    {
        var result = new sbyte[vector.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            result[i] = (sbyte)Math.Clamp(MathF.Round(127f * vector[i]), -127f, 127f);
        }

        return result;
    }

    /// <summary>The vector brought to unit length and to 16 bits; all zero when it has no length.</summary>
    public static short[] QuantiseQuery(ReadOnlySpan<float> vector)
    {
        var squares = 0.0;
        foreach (var value in vector)
        {
            squares += (double)value * value;
        }

        var result = new short[vector.Length];
        var factor = squares > 0 ? short.MaxValue / Math.Sqrt(squares) : 0;
        for (var i = 0; i < vector.Length; i++)
        {
            result[i] = (short)Math.Clamp(Math.Round(vector[i] * factor), -short.MaxValue, short.MaxValue);
        }

        return result;
    }

    /// <summary>Sum of products. Fits 32 bits for vectors near unit length, whatever their size.</summary>
    public static int Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, query.Length);
        ref var left = ref MemoryMarshal.GetReference(query);
        ref var right = ref MemoryMarshal.GetReference(stored);
        var sums = Vector256<int>.Zero;
        var i = 0;
        for (; i + 16 <= query.Length; i += 16)
        {
            var values = Vector256.LoadUnsafe(ref left, (nuint)i);
            var bytes = Vector128.LoadUnsafe(ref right, (nuint)i);
            sums += Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(values, Avx2.ConvertToVector256Int16(bytes)) : MultiplyAdd(values, bytes);
        }

        var sum = Vector256.Sum(sums);
        for (; i < query.Length; i++)
        {
            sum += Unsafe.Add(ref left, i) * Unsafe.Add(ref right, i);
        }

        return sum;
    }

    /// <summary>Rows of a matrix, each as by <see cref="QuantiseQuery"/>.</summary>
    public static short[] QuantiseQueryRows(ReadOnlySpan<float> rows, int dimensions)
    {
        var result = new short[rows.Length];
        for (var start = 0; start < rows.Length; start += dimensions)
        {
            QuantiseQuery(rows.Slice(start, dimensions)).CopyTo(result, start);
        }

        return result;
    }

    /// <summary>Cosine of two stored vectors.</summary>
    public static float Cosine(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right);
        var sums = Vector256<int>.Zero;
        var i = 0;
        for (; i + 16 <= left.Length; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)i));
            var bytes = Vector128.LoadUnsafe(ref second, (nuint)i);
            sums += Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(Vector256.Create(low, high), Avx2.ConvertToVector256Int16(bytes)) : MultiplyAdd(Vector256.Create(low, high), bytes);
        }

        var sum = Vector256.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum / (127f * 127f);
    }

    private static Vector256<int> MultiplyAdd(Vector256<short> values, Vector128<sbyte> bytes)
    {
        var (lowBytes, highBytes) = Vector128.Widen(bytes);
        var (lowStored, highStored) = Vector256.Widen(Vector256.Create(lowBytes, highBytes));
        var (lowValues, highValues) = Vector256.Widen(values);
        return (lowValues * lowStored) + (highValues * highStored);
    }
}
