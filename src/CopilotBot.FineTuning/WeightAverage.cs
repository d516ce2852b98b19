using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Exponential moving average of weights over the steps: what is scored and kept, because it varies less than the last step's.</summary>
internal sealed class WeightAverage : IDisposable
{
    /// <summary>Steps between two updates.</summary>
    private const int Every = 5;

    private readonly IReadOnlyList<Parameter> _weights;

    private readonly List<Tensor> _averages;

    private readonly double _horizon;

    private int _steps;

    /// <param name="horizon">Steps that it looks back over.</param>
    public WeightAverage(IEnumerable<Parameter> weights, double horizon)
    {
        _horizon = horizon;
        _weights = [.. weights];
        _averages = Copy();
    }

    public void Update()
    {
        if (++_steps % Every != 0)
        {
            return;
        }

        // In the first steps the average is over all of them.
        using var _ = no_grad();
        var part = Math.Min(1, Math.Max(Every / _horizon, (double)Every / (_steps + Every)));
        for (var i = 0; i < _averages.Count; i++)
        {
            _averages[i].mul_(1 - part).add_(_weights[i], part);
        }
    }

    /// <summary>Runs something with the averages in the place of the weights.</summary>
    public T With<T>(Func<T> run)
    {
        var own = Copy();
        Put(_averages);
        var result = run();
        Put(own);
        own.ForEach(weight => weight.Dispose());
        return result;
    }

    /// <returns>The weights as they are.</returns>
    public List<Tensor> Copy()
    {
        using var _ = no_grad();
        return [.. _weights.Select(weight => weight.detach().clone().MoveToOuterDisposeScope())];
    }

    public void Put(IReadOnlyList<Tensor> values)
    {
        using var _ = no_grad();
        for (var i = 0; i < values.Count; i++)
        {
            _weights[i].copy_(values[i]);
        }
    }

    public void Dispose() => _averages.ForEach(average => average.Dispose());
}
