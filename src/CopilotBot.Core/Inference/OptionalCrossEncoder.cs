namespace CopilotBot.Inference;

/// <summary>The configured cross-encoder, or none.</summary>
public sealed record OptionalCrossEncoder(OnnxCrossEncoder? Model) : IDisposable
{
    public void Dispose() => Model?.Dispose();
}
