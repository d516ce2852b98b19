using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>An ONNX Runtime session for two cores: one thread a run, a bounded number of runs at once, no arena that keeps its high-water mark.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    private readonly SemaphoreSlim _slots;

    private readonly RunOptions _runOptions = new();

    private OnnxSession(InferenceSession session, int parallelRuns)
    {
        _session = session;
        _slots = new SemaphoreSlim(parallelRuns);
    }

    /// <exception cref="ModelException">The network is missing, is not the pinned one, or is refused.</exception>
    public static OnnxSession Load(ModelEntry model, int parallelRuns)
    {
        var network = model.Read(ModelEntry.Network);
        OnnxModelCheck.Check(network, model);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            return new OnnxSession(new InferenceSession(network, options), parallelRuns);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException($"The model file '{model.PathOf(ModelEntry.Network)}' cannot be loaded: check it with 'models verify' and restore or pull it again.", exception);
        }
    }

    public IReadOnlyList<string> OutputNames => _session.OutputNames;

    /// <summary>Some models want the segment of each token; the others refuse it.</summary>
    public bool WantsTokenTypes => _session.InputNames.Contains("token_type_ids");

    /// <summary>Runs the model and hands its outputs, which live in native memory, to <paramref name="read"/> before they are freed.</summary>
    public async Task RunAsync(
        IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputs, Action<IReadOnlyList<OrtValue>> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(
                () =>
                {
                    using var results = _session.Run(_runOptions, inputs, outputs);
                    read(results);
                },
                cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
        _slots.Dispose();
    }
}
