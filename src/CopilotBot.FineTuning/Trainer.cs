using System.Globalization;
using CopilotBot.Extraction.Training;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>
/// Tunes encoder and heads together: AdamW with warm-up and linear decay, lower rates in lower layers, clipped gradients, averaged weights; the weights of the best epoch
/// on the dev messages (intent accuracy + slot F1) stay in the network.
/// </summary>
internal sealed class Trainer(TaggerNetwork network, Batching batching, TrainingPlan plan, TimeProvider clock, TextWriter progress)
{
    private readonly Random _random = new(plan.Seed);

    /// <param name="better">Runs with the weights of an epoch that is better than those before, so that a run that is stopped leaves something.</param>
    /// <returns>What was reached on the dev messages, epoch by epoch.</returns>
    public IReadOnlyList<TaggerFigures> Train(IReadOnlyList<Example> training, IReadOnlyList<Example> dev, Action better, CancellationToken cancellationToken)
    {
        network.Encoder.Rounds = true;
        var optimizer = new FusedAdamW([.. Groups()], TrainingPlan.LargestGradient);
        var texts = training.Select(example => example.Labelled).ToList();
        var swap = new ValueSwap(texts);
        var steps = plan.Epochs * ((training.Count + plan.Batch - 1) / plan.Batch);
        using var average = new WeightAverage(network.Trained, TrainingPlan.Average * steps);
        List<TaggerFigures> scores = [];
        List<Tensor> best = [];
        for (var (epoch, step) = (0, 0); epoch < plan.Epochs && scores.Count - BestOf(scores) <= TrainingPlan.Patience; epoch++)
        {
            var (started, loss) = (clock.GetTimestamp(), 0d);
            var batches = Batching.Shuffle([.. texts.Select(text => swap.Apply(text, plan.SwapRate, _random))], plan.Batch, _random);
            foreach (var batch in batches)
            {
                cancellationToken.ThrowIfCancellationRequested();
                loss += Step(optimizer, batch, Factor(++step, steps));
                average.Update();
                if (step % 100 == 0)
                {
                    progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}/{steps}, {clock.GetElapsedTime(started).TotalSeconds:f0} s"));
                }
            }

            var reached = average.With(() => Score(dev));
            scores.Add(reached);
            if (BestOf(scores) == scores.Count)
            {
                best.ForEach(weight => weight.Dispose());
                best = average.With(() =>
                {
                    better();
                    return average.Copy();
                });
            }

            progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {epoch + 1}/{plan.Epochs}: loss {loss / batches.Count:f4}, dev intent {reached.IntentAccuracy:p2}, slot F1 {reached.SlotF1 ?? 0:p2}, {clock.GetElapsedTime(started).TotalSeconds:f0} s"));
        }

        average.Put(best);
        network.Encoder.Rounds = false;
        return scores;
    }

    private TaggerFigures Score(IReadOnlyList<Example> examples) => Reading.Of(network.Heads(), examples, StateReader.Read(network.Encoder, batching, examples)).Figures;

    /// <returns>Number of the best epoch, from 1; 0 before the first.</returns>
    private static int BestOf(List<TaggerFigures> scores) => scores.Count == 0 ? 0 : scores.IndexOf(scores.MaxBy(score => score.IntentAccuracy + (score.SlotF1 ?? 0))!) + 1; // there is one

    private IEnumerable<FusedAdamW.Group> Groups() => network.Encoder.Trained
        .GroupBy(trained => (trained.Layer, IsMatrix: trained.Parameter.dim() > 1))
        .Select(group => new FusedAdamW.Group(
            [.. group.Select(trained => trained.Parameter)],
            plan.LearningRate * Math.Pow(TrainingPlan.LayerDecay, network.Encoder.Layers - 1 - group.Key.Layer),
            group.Key.IsMatrix ? TrainingPlan.WeightDecay : 0))
        .Append(new FusedAdamW.Group(network.HeadParameters, TrainingPlan.HeadsRate, TrainingPlan.WeightDecay));

    private static double Factor(int step, int steps)
    {
        var warm = Math.Max(1, steps * TrainingPlan.WarmUp);
        return step < warm ? step / warm : Math.Max(0, (steps - step + 1) / (steps - warm + 1));
    }

    private double Step(FusedAdamW optimizer, IReadOnlyList<TaggedPieces> texts, double factor)
    {
        using var scope = NewDisposeScope();
        var loss = network.Loss(batching.ToTensors(texts));
        loss.backward();
        optimizer.Step(factor);
        return loss.item<float>();
    }
}
