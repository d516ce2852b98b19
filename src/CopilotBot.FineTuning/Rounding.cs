using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>
/// What the int8 file does to the two sides of a product. Gradients pass as if it were not there, so training gets used to it. Without the rounding of weights small
/// changes would be lost when they are written: weights that were read from int8 lie on its steps, and what moves them by less than half a step is rounded back.
/// </summary>
internal static class Rounding
{
    private const int Levels = 255;

    private const int Largest = 127;

    /// <summary>As ONNX's DynamicQuantizeLinear: uint8 with one scale a tensor, (max - min) / 255 over values and 0.</summary>
    public static Tensor Input(Tensor input) => input + (RoundInput(input) - input.detach());

    /// <summary>As <see cref="Inference.ChannelQuantizer"/>.</summary>
    /// <param name="matrix">[inputs, channels].</param>
    public static Tensor Weights(Tensor matrix) => matrix + (RoundWeights(matrix) - matrix.detach());

    private static Tensor RoundInput(Tensor input)
    {
        using var _ = no_grad();
        var (low, high) = input.aminmax();
        low = low.clamp_max(0);
        var scale = ((high.clamp_min(0) - low) / Levels).clamp_min(float.Epsilon);
        var zero = (low.neg() / scale).round().clamp(0, Levels);
        return (input / scale).round_().add_(zero).clamp_(0, Levels).sub_(zero).mul_(scale);
    }

    private static Tensor RoundWeights(Tensor matrix)
    {
        using var _ = no_grad();
        var scale = (matrix.abs().amax([0], keepdim: true) / Largest).clamp_min(float.Epsilon);
        return (matrix / scale).round_().mul_(scale);
    }
}
