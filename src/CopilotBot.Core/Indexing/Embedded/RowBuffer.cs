using System.Buffers;
using System.Numerics;

namespace CopilotBot.Indexing.Embedded;

/// <summary>A score for every row of a view and for every document, in memory that is used again.</summary>
internal sealed class RowBuffer(string query, int count, int documents) : IDisposable
{
    private readonly float[] _rented = ArrayPool<float>.Shared.Rent(count);
    private readonly float[] _rentedForDocuments = ArrayPool<float>.Shared.Rent(documents);

    /// <summary>What the scores are for.</summary>
    public string Query { get; } = query;

    public Span<float> Scores => _rented.AsSpan(0, count);

    /// <summary>By document number.</summary>
    public Span<float> DocumentScores => _rentedForDocuments.AsSpan(0, documents);

    /// <summary>The best rows among those that score more than 0.</summary>
    public ChunkHit[] Best(int top)
    {
        var best = new TopRows(top);
        ReadOnlySpan<float> scores = Scores;
        var row = 0;
        while (row < scores.Length)
        {
            // Most rows score nothing or too little: they are passed over by the register.
            var atLeast = new Vector<float>(Math.Max(best.Threshold, float.Epsilon));
            while (row + Vector<float>.Count <= scores.Length && !Vector.GreaterThanOrEqualAny(new Vector<float>(scores[row..]), atLeast))
            {
                row += Vector<float>.Count;
            }

            for (var end = Math.Min(scores.Length, row + Vector<float>.Count); row < end; row++)
            {
                if (scores[row] > 0)
                {
                    best.Add(row, scores[row]);
                }
            }
        }

        return best.ToArray();
    }

    /// <summary>To be called when nobody reads it any more.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_rented);
        ArrayPool<float>.Shared.Return(_rentedForDocuments);
    }
}
