namespace CopilotBot.FineTuning;

/// <summary>In which matrices are multiplied while training. Weights, sums and everything else are float32.</summary>
internal enum Precision
{
    /// <summary>Bfloat16 where this processor is faster with it.</summary>
    Auto,

    Float32,

    Bfloat16,
}
