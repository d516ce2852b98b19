using CopilotBot.Inference;

namespace CopilotBot.Tests.Inference;

public sealed class ChannelQuantizerTests
{
    private const int Channels = 7;

    [Fact]
    public void What_is_read_back_differs_by_half_a_scale_of_its_channel_at_most()
    {
        var matrix = RandomMatrix();

        var (values, scales) = ChannelQuantizer.Quantize(matrix, Channels);

        var back = ChannelQuantizer.Dequantize(values, scales);
        Enumerable.Range(0, matrix.Length).ShouldAllBe(i => Math.Abs(back[i] - matrix[i]) <= (scales[i % Channels] / 2) + 1e-6f);
    }

    [Fact]
    public void The_largest_weight_of_a_channel_is_127_and_a_channel_of_zeros_stays_zero()
    {
        var (values, scales) = ChannelQuantizer.Quantize([0.5f, -4, 0, 0.25f, 2, 0], 3);

        values.ShouldBe([127, -127, 0, 64, 64, 0]);
        scales.ShouldBe([0.5f / 127, 4f / 127, 1]);
    }

    [Fact]
    public void Quantising_again_changes_nothing()
    {
        var (values, scales) = ChannelQuantizer.Quantize(RandomMatrix(), Channels);

        var again = ChannelQuantizer.Quantize(ChannelQuantizer.Dequantize(values, scales), Channels);

        again.Values.ShouldBe(values);
        Enumerable.Range(0, Channels).ShouldAllBe(channel => Math.Abs(again.Scales[channel] - scales[channel]) <= scales[channel] * 1e-6f);
    }

    private static float[] RandomMatrix()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 60 * Channels).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, i % Channels - 3)))];
    }
}
