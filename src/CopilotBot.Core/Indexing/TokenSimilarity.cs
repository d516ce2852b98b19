using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CopilotBot.Indexing;

/// <summary>The inner loop of late interaction (MaxSim of ColBERT, Khattab and Zaharia 2020). Sums are whole numbers, so both ways of computing them agree to the bit.</summary>
public static class TokenSimilarity
{
    /// <summary>Query tokens that one load of a passage token is compared with.</summary>
    private const int Block = 8;

    /// <summary>Dimensions for which a passage token fits four registers.</summary>
    private const int FastDimensions = 64;

    /// <summary>For each query token its best cosine over the passage's tokens; -1 when the passage has none.</summary>
    /// <param name="query">By <see cref="Int8Vectors.QuantiseQueryRows"/>, row-major, one row for each of <paramref name="best"/>.</param>
    /// <param name="passage">Stored token vectors, row-major, same dimensions.</param>
    public static void Best(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> passage, int dimensions, Span<float> best)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Length, best.Length * dimensions);
        if (passage.Length == 0)
        {
            best.Fill(-1);
        }
        else if (dimensions == FastDimensions && best.Length >= Block && passage.Length % FastDimensions == 0 && Avx2.IsSupported)
        {
            for (var first = 0; first < best.Length; first += Block)
            {
                // The last block reaches back, so that it is full: a token that is compared twice gets the same value twice.
                var start = Math.Min(first, best.Length - Block);
                BestOfBlock(query.Slice(start * FastDimensions, Block * FastDimensions), passage, best.Slice(start, Block));
            }
        }
        else
        {
            for (var q = 0; q < best.Length; q++)
            {
                best[q] = BestOf(query.Slice(q * dimensions, dimensions), passage);
            }
        }
    }

    /// <summary>One query token against all tokens of the passage.</summary>
    internal static float BestOf(ReadOnlySpan<short> token, ReadOnlySpan<sbyte> passage)
    {
        var highest = int.MinValue;
        for (var p = 0; p < passage.Length; p += token.Length)
        {
            highest = Math.Max(highest, Int8Vectors.Dot(token, passage.Slice(p, token.Length)));
        }

        return highest * Int8Vectors.Scale;
    }

    private static void BestOfBlock(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> passage, Span<float> best)
    {
        ref var queries = ref MemoryMarshal.GetReference(query);
        ref var tokens = ref MemoryMarshal.GetReference(passage);
        var highest = Vector256.Create(int.MinValue);
        for (nuint p = 0; p < (nuint)passage.Length; p += FastDimensions)
        {
            var a = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref tokens, p));
            var b = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref tokens, p + 16));
            var c = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref tokens, p + 32));
            var d = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref tokens, p + 48));
            var low = Avx2.HorizontalAdd(
                Avx2.HorizontalAdd(Products(ref queries, 0, a, b, c, d), Products(ref queries, 1, a, b, c, d)),
                Avx2.HorizontalAdd(Products(ref queries, 2, a, b, c, d), Products(ref queries, 3, a, b, c, d)));
            var high = Avx2.HorizontalAdd(
                Avx2.HorizontalAdd(Products(ref queries, 4, a, b, c, d), Products(ref queries, 5, a, b, c, d)),
                Avx2.HorizontalAdd(Products(ref queries, 6, a, b, c, d), Products(ref queries, 7, a, b, c, d)));

            // Horizontal sums stay inside the halves of a register: the halves still have to meet.
            highest = Vector256.Max(highest, Avx2.Permute2x128(low, high, 0x20) + Avx2.Permute2x128(low, high, 0x31));
        }

        (Vector256.ConvertToSingle(highest) * Int8Vectors.Scale).CopyTo(best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(ref short queries, nuint row, Vector256<short> a, Vector256<short> b, Vector256<short> c, Vector256<short> d)
    {
        var start = row * FastDimensions;
        return Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref queries, start), a)
            + Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref queries, start + 16), b)
            + Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref queries, start + 32), c)
            + Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref queries, start + 48), d);
    }
}
