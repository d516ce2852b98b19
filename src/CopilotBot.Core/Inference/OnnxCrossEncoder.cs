namespace CopilotBot.Inference;

/// <summary>Reads a question and a passage together. Thread-safe; the model is loaded with the first pair.</summary>
public sealed class OnnxCrossEncoder(ModelEntry model, int parallelRuns = 2) : IDisposable
{
    /// <summary>Longest pair, special tokens among it; the passage is cut.</summary>
    public const int MaximumTokens = 224;

    private readonly Lazy<WordPieces> _wordPieces = new(() => WordPieces.Load(model));

    private readonly Lazy<OnnxSession> _session = new(() => OnnxSession.Load(model, parallelRuns));

    /// <summary>Scores in the order of <paramref name="passages"/>.</summary>
    public async Task<IReadOnlyList<PairScore>> ScoreAsync(string first, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passages);
        var pieces = _wordPieces.Value;
        int[] head = [pieces.ClassifyId, .. pieces.Encode(first).Take(MaximumTokens / 2), pieces.SeparateId];
        return await Task.WhenAll(passages.Select(passage => ScoreAsync(head, passage, cancellationToken)));
    }

    public void Dispose()
    {
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }

    private async Task<PairScore> ScoreAsync(int[] head, string passage, CancellationToken cancellationToken)
    {
        var (pieces, session) = (_wordPieces.Value, _session.Value);
        int[] row = [.. head, .. pieces.Encode(passage).Take(MaximumTokens - head.Length - 1), pieces.SeparateId];
        using var input = new TokenBatch([row], session.WantsTokenTypes ? [head.Length] : null);
        string[] outputs = session.OutputNames.Contains("relevance") ? ["relevance"] : ["logits"];
        outputs = session.OutputNames.Contains("support") ? [.. outputs, "support"] : outputs;
        var score = default(PairScore);
        await session.RunAsync(
            input.Inputs,
            outputs,
            results => score = new PairScore(results[0].GetTensorDataAsSpan<float>()[0], results.Count > 1 ? results[1].GetTensorDataAsSpan<float>()[0] : null),
            cancellationToken);
        return score;
    }
}
