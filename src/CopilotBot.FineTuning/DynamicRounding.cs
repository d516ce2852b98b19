using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>
/// What ONNX's DynamicQuantizeLinear does to the input of a matrix: uint8 with one scale a tensor, (max - min) / 255 over values and 0. Gradients pass as if it were not
/// there, so training gets used to what the int8 file will do.
/// </summary>
internal static class DynamicRounding
{
    private const int Levels = 255;

    public static Tensor Apply(Tensor input) => input + (Round(input) - input.detach());

    private static Tensor Round(Tensor input)
    {
        using var _ = no_grad();
        var (low, high) = input.aminmax();
        low = low.clamp_max(0);
        var scale = ((high.clamp_min(0) - low) / Levels).clamp_min(float.Epsilon);
        var zero = (low.neg() / scale).round().clamp(0, Levels);
        return (input / scale).round_().add_(zero).clamp_(0, Levels).sub_(zero).mul_(scale);
    }
}
