using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CopilotBot.Indexing;

/// <summary>Unit-length vectors stored as round(127 x), one byte a dimension.</summary>
public static class Int8Vectors
{
    /// <summary>Dot product of two stored unit vectors is this many times their cosine.</summary>
    public const float Scale = 127f * 127f;

    public static sbyte[] Quantize(ReadOnlySpan<float> vector)
    {
        var result = new sbyte[vector.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            result[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] * 127f), -127f, 127f);
        }

        return result;
    }

    /// <summary>Exact dot product. Lengths must be equal.</summary>
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"Vectors of {left.Length} and {right.Length} dimensions cannot be compared.");
        }

        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var sums = Vector256<int>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var x = Vector256.WidenLower(Vector128.LoadUnsafe(ref a, (nuint)i).ToVector256Unsafe());
            var y = Vector256.WidenLower(Vector128.LoadUnsafe(ref b, (nuint)i).ToVector256Unsafe());

            // A product of two bytes fits a short (127 x 127 = 16,129), and so does the sum of two of them.
            var products = x * y;
            var (low, high) = Vector256.Widen(products);
            sums += low + high;
        }

        var sum = Vector256.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
