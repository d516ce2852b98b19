using System.Globalization;
using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Trains the tags once for each context, and keeps the best on the dev part.</summary>
internal sealed class TagTrainer(TrainingSet set, IReadOnlyList<EncodedMessage> train, IReadOnlyList<EncodedMessage> dev, int seed, Action<string> report)
{
    private static readonly FitSettings Fit = new(Rate: 0.001, Decay: 0.9, L2: 1e-3, Batch: 32, Epochs: 20, Patience: 5, Seed: 0);

    private readonly Dictionary<string, int> _indexes = set.Tags.Index().ToDictionary(tag => tag.Item, tag => tag.Index);

    public TagHead Run(CancellationToken cancellationToken) =>
        new[] { TaggerHeads.OwnState, TaggerHeads.Neighbours }.Select(context => Train(context, cancellationToken)).MaxBy(head => head.Score)!; // there are two

    private TagHead Train(string context, CancellationToken cancellationToken)
    {
        var tagged = train.Where(message => message.Message.Tags is not null).ToList();
        var labels = tagged.Select(message => WordTags.Of(message.States.Words, message.Message.Slots).Select(tag => _indexes[tag]).ToArray()).ToArray();
        var objective = new TagObjective(set.Tags, [.. tagged.Select(message => message.States)], labels, context == TaggerHeads.Neighbours);
        var fitting = new Fitting(objective.Parameters, objective.Regularised, Fit with { Seed = seed }, objective.AddGradient);
        var (score, epochs) = fitting.Run(
            tagged.Count,
            () => ScoreOf(objective, context),
            (epoch, loss, reached) => report(string.Create(CultureInfo.InvariantCulture, $"tags, context {context}, epoch {epoch}: loss {loss:0.000}, dev slot F1 {reached:0.0000}")),
            cancellationToken);
        return new TagHead(context, Fit.L2, objective.Weights, objective.Bias, objective.Transitions, objective.Starts, score, epochs);
    }

    private double ScoreOf(TagObjective objective, string context)
    {
        var heads = new TaggerHeads([], set.Tags, TaggerHeads.PoolFirst, [], [], objective.Weights, objective.Bias, objective.Transitions, objective.Starts, 1, null, context);
        var decoder = new BioDecoder(set.Tags, heads.Transitions, heads.Starts);
        var score = new SpanScore();
        foreach (var message in dev.Where(message => message.Message.Tags is not null))
        {
            var path = decoder.Decode([.. heads.ScoreTags(message.States).Select(word => word.Select(tag => (double)tag).ToArray())]);
            score.Add(message.Message.Slots, TagRuns.Of([.. path.Select(tag => set.Tags[tag])], message.States.Words));
        }

        return score.F1;
    }
}
