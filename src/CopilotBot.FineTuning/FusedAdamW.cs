using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp.Modules;

namespace CopilotBot.FineTuning;

/// <summary>
/// AdamW (Loshchilov, Hutter 2019) with clipped gradients in one pass over the weights: torch's own makes nine, and with small batches that is half the time of a step.
/// </summary>
internal sealed class FusedAdamW(IReadOnlyList<FusedAdamW.Group> groups, double largestGradient)
{
    private const float FirstDecay = 0.9f;

    private const float SecondDecay = 0.999f;

    private const float Epsilon = 1e-8f;

    private readonly List<Moments> _moments = [.. groups.SelectMany(group => group.Weights.Select(weight => new Moments(group, weight, new float[weight.numel()], new float[weight.numel()])))];

    private int _steps;

    /// <param name="Rate">Highest learning rate.</param>
    /// <param name="Decay">Of the weights, times the rate, each step.</param>
    internal sealed record Group(IReadOnlyList<Parameter> Weights, double Rate, double Decay);

    /// <summary>Changes the weights by their gradients, and sets these to 0.</summary>
    /// <param name="factor">Of the rates, 0 to 1.</param>
    public void Step(double factor)
    {
        _steps++;
        var used = _moments.Where(moments => moments.Weight.grad is not null).ToList();
        var norm = Math.Sqrt(used.Sum(moments => (double)TensorPrimitives.SumOfSquares<float>(Floats(moments.Weight.grad!)))); // not null: filtered above
        var scale = (float)Math.Min(1, largestGradient / (norm + 1e-6));
        foreach (var moments in used)
        {
            Change(moments, Floats(moments.Weight), Floats(moments.Weight.grad!), scale, moments.Group.Rate * factor);
        }
    }

    private static Span<float> Floats(TorchSharp.torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private void Change(Moments moments, Span<float> weights, Span<float> gradients, float scale, double rate)
    {
        var kept = (float)(1 - (rate * moments.Group.Decay));
        var step = (float)(rate / (1 - Math.Pow(FirstDecay, _steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, _steps)));
        var first = moments.First.AsSpan();
        var second = moments.Second.AsSpan();
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= weights.Length - width; i += width)
        {
            var gradient = new Vector<float>(gradients[i..]) * scale;
            var mean = (new Vector<float>(first[i..]) * FirstDecay) + (gradient * (1 - FirstDecay));
            var square = (new Vector<float>(second[i..]) * SecondDecay) + (gradient * gradient * (1 - SecondDecay));
            mean.CopyTo(first[i..]);
            square.CopyTo(second[i..]);
            ((new Vector<float>(weights[i..]) * kept) - (mean * step / ((Vector.SquareRoot(square) * correction) + new Vector<float>(Epsilon)))).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = gradients[i] * scale;
            first[i] = (first[i] * FirstDecay) + (gradient * (1 - FirstDecay));
            second[i] = (second[i] * SecondDecay) + (gradient * gradient * (1 - SecondDecay));
            weights[i] = (weights[i] * kept) - (first[i] * step / ((MathF.Sqrt(second[i]) * correction) + Epsilon));
        }

        gradients.Clear();
    }

    /// <param name="First">Averages of gradients.</param>
    /// <param name="Second">Averages of squared gradients.</param>
    private sealed record Moments(Group Group, Parameter Weight, float[] First, float[] Second);
}
