using System.Numerics.Tensors;

namespace CopilotBot.Inference;

/// <summary>
/// Symmetric int8 of a matrix [inputs, channels] with one scale a channel, as ONNX Runtime's dynamic quantisation writes it: scale = max|w| / 127 of the column,
/// q = round-half-even(w / scale), zero point 0. What is read back differs by half a scale at most.
/// </summary>
internal static class ChannelQuantizer
{
    private const int Largest = 127;

    /// <param name="matrix">Row by row.</param>
    public static (sbyte[] Values, float[] Scales) Quantize(ReadOnlySpan<float> matrix, int channels)
    {
        var scales = new float[channels];
        for (var from = 0; from < matrix.Length; from += channels)
        {
            TensorPrimitives.MaxMagnitude(matrix.Slice(from, channels), scales, scales);
        }

        TensorPrimitives.Abs(scales, scales);
        TensorPrimitives.Divide(scales, Largest, scales);
        for (var channel = 0; channel < channels; channel++)
        {
            // A channel of zeros has any scale.
            scales[channel] = scales[channel] > 0 ? scales[channel] : 1;
        }

        var values = new sbyte[matrix.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)Math.Clamp(MathF.Round(matrix[i] / scales[i % channels], MidpointRounding.ToEven), -Largest, Largest);
        }

        return (values, scales);
    }

    public static float[] Dequantize(ReadOnlySpan<sbyte> values, ReadOnlySpan<float> scales)
    {
        var matrix = new float[values.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] = values[i] * scales[i % scales.Length];
        }

        return matrix;
    }
}
