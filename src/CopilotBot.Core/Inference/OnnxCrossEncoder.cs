namespace CopilotBot.Inference;

/// <summary>Reads a question and a passage together. Thread-safe; the model is loaded with the first pair.</summary>
public sealed class OnnxCrossEncoder(string folder, int parallelRuns = 2) : IDisposable
{
    /// <summary>Longest pair, special tokens among it; the passage is cut.</summary>
    public const int MaximumTokens = 224;

    private readonly Lazy<WordPieces> _wordPieces = new(() => WordPieces.Load(folder));

    private readonly Lazy<OnnxSession> _session = new(() => OnnxSession.Load(folder, parallelRuns));

    /// <summary>Scores in the order of <paramref name="passages"/>.</summary>
    public async Task<IReadOnlyList<PairScore>> ScoreAsync(string first, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passages);
        int[] head = [WordPieces.ClassifyId, .. _wordPieces.Value.Encode(first).Take(MaximumTokens / 2), WordPieces.SeparateId];
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
        int[] row = [.. head, .. _wordPieces.Value.Encode(passage).Take(MaximumTokens - head.Length - 1), WordPieces.SeparateId];
        using var input = new TokenBatch([row], [head.Length]);
        var outputs = _session.Value.OutputNames.Contains("support") ? (string[])["relevance", "support"] : ["relevance"];
        var score = default(PairScore);
        await _session.Value.RunAsync(
            input.Inputs,
            outputs,
            results => score = new PairScore(results[0].GetTensorDataAsSpan<float>()[0], results.Count > 1 ? results[1].GetTensorDataAsSpan<float>()[0] : null),
            cancellationToken);
        return score;
    }
}
