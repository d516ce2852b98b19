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

    /// <exception cref="ModelException">model.onnx is missing or not a model.</exception>
    public static OnnxSession Load(string folder, int parallelRuns)
    {
        var path = Path.Combine(folder, "model.onnx");
        if (!File.Exists(path))
        {
            throw new ModelException($"The model file '{path}' is missing: restore it, or name another model folder in the settings under Models.");
        }

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
            return new OnnxSession(new InferenceSession(path, options), parallelRuns);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelException($"The model file '{path}' cannot be loaded: check it with 'models verify' and restore or pull it again.", exception);
        }
    }

    public IReadOnlyList<string> OutputNames => _session.OutputNames;

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
