using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>libtorch of this process.</summary>
internal static class Torch
{
    /// <exception cref="FineTuningException">libtorch cannot be loaded here.</exception>
    public static void Start(int threads, int seed)
    {
        try
        {
            set_num_threads(threads);
            manual_seed(seed);
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or NotSupportedException)
        {
            throw new FineTuningException("libtorch cannot be loaded: run this program where glibc is 2.38 or newer, such as in Microsoft's .NET 10 images (docs/fine-tuning.md).", exception);
        }
    }

    /// <summary>Automatically where this processor multiplies twice as fast in it at least: with AVX512-BF16 or AMX six times, without much slower.</summary>
    public static bool WantsBfloat16(Precision precision, TimeProvider clock) => precision switch
    {
        Precision.Float32 => false,
        Precision.Bfloat16 => true,
        Precision.Auto => 2 * ProductTime(bfloat16, clock) < ProductTime(float32, clock),
        _ => throw new ArgumentOutOfRangeException(nameof(precision)),
    };

    /// <summary>Best of several, because other programs run too.</summary>
    private static TimeSpan ProductTime(ScalarType type, TimeProvider clock)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var (rows, matrix) = (ones(256, 384).to(type), ones(384, 384).to(type));
        return Enumerable.Range(0, 10).Min(_ =>
        {
            var started = clock.GetTimestamp();
            rows.mm(matrix).Dispose();
            return clock.GetElapsedTime(started);
        });
    }
}
