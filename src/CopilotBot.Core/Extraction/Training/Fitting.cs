namespace CopilotBot.Extraction.Training;

/// <summary>
/// Mini-batch descent with the step rule of Adam (Kingma and Ba 2015) and early stopping; what is judged and kept is the running average of the weights (Polyak and
/// Juditsky 1992), which is calmer than the weights themselves. The messages of a batch are dealt to a fixed number of shards, whose gradients are added in their
/// order, so that a seed gives the same weights to the bit on any number of cores.
/// </summary>
/// <param name="parameters">Changed in place; what the objective and the score read.</param>
/// <param name="regularised">So many of the first parameters have the L2 penalty.</param>
/// <param name="addGradient">Adds the gradient of the sum of losses of the examples to the array and returns the sum. Called on several threads.</param>
internal sealed class Fitting(float[] parameters, int regularised, FitSettings settings, Func<ArraySegment<int>, float[], double> addGradient)
{
    private const int Shards = 4;

    private const float FirstDecay = 0.9f;

    private const float SecondDecay = 0.999f;

    private const float Epsilon = 1e-8f;

    /// <summary>Epochs that the running average looks back.</summary>
    private const double AveragedEpochs = 2;

    /// <summary>Of an epoch at least: so small a set is gone through several times before it is judged.</summary>
    private const int MinimumSteps = 128;

    private readonly float[][] _gradients = [.. Enumerable.Range(0, Shards).Select(_ => new float[parameters.Length])];

    private readonly float[] _first = new float[parameters.Length];

    private readonly float[] _second = new float[parameters.Length];

    private readonly float[] _average = new float[parameters.Length];

    private int _steps;

    /// <param name="score">Of the parameters as they are, on the dev messages; the higher the better.</param>
    /// <param name="report">Epoch, mean loss, score.</param>
    /// <returns>The best score and the epochs it took; the parameters are those of then.</returns>
    public (double Score, int Epochs) Run(int examples, Func<double> score, Action<int, double, double> report, CancellationToken cancellationToken)
    {
        var random = new Random(settings.Seed);
        var order = Enumerable.Range(0, examples).ToArray();
        var passes = (int)Math.Ceiling(MinimumSteps / Math.Ceiling((double)examples / settings.Batch));
        var (best, bestEpoch, kept) = (double.NegativeInfinity, 0, (float[])parameters.Clone());
        for (var epoch = 1; epoch <= settings.Epochs && epoch - bestEpoch <= settings.Patience; epoch++)
        {
            var rate = settings.Rate * Math.Pow(settings.Decay, epoch - 1);
            var loss = Enumerable.Range(0, passes).Sum(_ => Pass(order, random, (float)rate, passes, cancellationToken)) / passes;
            var moving = (float[])parameters.Clone();
            _average.CopyTo(parameters, 0);
            var reached = score();
            report(epoch, loss, reached);
            if (reached > best)
            {
                (best, bestEpoch) = (reached, epoch);
                parameters.CopyTo(kept, 0);
            }

            moving.CopyTo(parameters, 0);
        }

        kept.CopyTo(parameters, 0);
        return (best, bestEpoch);
    }

    /// <returns>Mean loss.</returns>
    private double Pass(int[] order, Random random, float rate, int passes, CancellationToken cancellationToken)
    {
        random.Shuffle(order);
        var loss = 0d;
        foreach (var batch in order.Chunk(settings.Batch))
        {
            loss += Step(batch, rate, cancellationToken);
            Average((float)(batch.Length / (AveragedEpochs * passes * order.Length)));
        }

        return loss / order.Length;
    }

    private double Step(int[] batch, float rate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var losses = new double[Shards];
        Parallel.For(0, Shards, shard =>
        {
            Array.Clear(_gradients[shard]);
            var (from, to) = (batch.Length * shard / Shards, batch.Length * (shard + 1) / Shards);
            losses[shard] = addGradient(new ArraySegment<int>(batch, from, to - from), _gradients[shard]);
        });
        Move(1f / batch.Length, rate);
        return losses.Sum();
    }

    /// <summary>The first weights are the average so far.</summary>
    private void Average(float share)
    {
        var weight = _steps == 1 ? 1 : Math.Min(1, share);
        for (var i = 0; i < parameters.Length; i++)
        {
            _average[i] += weight * (parameters[i] - _average[i]);
        }
    }

    private void Move(float scale, float rate)
    {
        _steps++;
        var (firstCorrection, secondCorrection) = (1 - MathF.Pow(FirstDecay, _steps), 1 - MathF.Pow(SecondDecay, _steps));
        var l2 = (float)settings.L2;
        for (var i = 0; i < parameters.Length; i++)
        {
            var sum = 0f;
            foreach (var shard in _gradients)
            {
                sum += shard[i];
            }

            var gradient = (sum * scale) + (i < regularised ? l2 * parameters[i] : 0);
            _first[i] += (1 - FirstDecay) * (gradient - _first[i]);
            _second[i] += (1 - SecondDecay) * ((gradient * gradient) - _second[i]);
            parameters[i] -= rate * (_first[i] / firstCorrection) / (MathF.Sqrt(_second[i] / secondCorrection) + Epsilon);
        }
    }
}
