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
}
