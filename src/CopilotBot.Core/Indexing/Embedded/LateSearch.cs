using System.Buffers;

namespace CopilotBot.Indexing.Embedded;

/// <summary>Compares the word pieces of a query with those of given rows, whose token vectors are read and nothing else of them.</summary>
internal static class LateSearch
{
    public static float[][] Match(IndexSnapshot snapshot, VisibleChunks visible, Knowledge.TextEncoding query, IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        var question = Int8Vectors.QuantiseQueryRows(query.TokenVectors, query.TokenDimensions);
        var matches = new float[rows.Count][];
        Parallel.For(
            0,
            rows.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => ArrayPool<byte>.Shared.Rent(1 << 15),
            (i, _, buffer) =>
            {
                var address = snapshot.Chunks.Address(visible.Chunks[rows[i]]);
                var tokens = snapshot.File(address.File).ReadTokenVectors(address.Slot, ref buffer);
                matches[i] = new float[query.TokenIds.Length];
                TokenSimilarity.Best(question, tokens, query.TokenDimensions, matches[i]);
                return buffer;
            },
            buffer => ArrayPool<byte>.Shared.Return(buffer));
        return matches;
    }
}
