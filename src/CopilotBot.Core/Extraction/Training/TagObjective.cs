using System.Numerics.Tensors;
using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Minus the log-likelihood of the labelled tag sequences under a linear-chain CRF over token states, and its exact gradient.</summary>
internal sealed class TagObjective
{
    /// <summary>A derivative this small moves no weight: its row of features is left out.</summary>
    private const double Negligible = 1e-7;

    private readonly IReadOnlyList<string> _tags;

    private readonly IReadOnlyList<TokenStates> _states;

    private readonly int[][] _labels;

    private readonly bool _withNeighbours;

    private readonly int _features;

    /// <param name="labels">[message][word]: indexes of tags, a sequence that BIO allows.</param>
    public TagObjective(IReadOnlyList<string> tags, IReadOnlyList<TokenStates> states, int[][] labels, bool withNeighbours)
    {
        (_tags, _states, _labels, _withNeighbours) = (tags, states, labels, withNeighbours);
        _features = states[0].First.Length * (withNeighbours ? 3 : 1);
        Parameters = new float[Regularised + (2 * tags.Count)];
    }

    /// <summary>[tags, features] weights, [tags, tags] transitions, [tags] bias, [tags] starts, one behind the other.</summary>
    public float[] Parameters { get; }

    /// <summary>Weights and transitions.</summary>
    public int Regularised => (_tags.Count * _features) + (_tags.Count * _tags.Count);

    public float[] Weights => Parameters[..(_tags.Count * _features)];

    public float[] Transitions => Parameters[(_tags.Count * _features)..Regularised];

    public float[] Bias => Parameters[Regularised..(Regularised + _tags.Count)];

    public float[] Starts => Parameters[(Regularised + _tags.Count)..];

    /// <summary>For <see cref="Fitting"/>.</summary>
    public double AddGradient(ArraySegment<int> examples, float[] gradient)
    {
        var chain = new LinearChain(_tags, Transitions, Starts);
        var gathered = new ChainGradient(_tags.Count);
        var loss = 0d;
        foreach (var example in examples)
        {
            if (_labels[example].Length > 0)
            {
                var (minusLog, byScores) = chain.AddGradient(Score(_states[example]), _labels[example], gathered);
                loss += minusLog;
                AddWeights(_states[example], byScores, gradient);
            }
        }

        var transitions = new double[_tags.Count * _tags.Count];
        chain.AddTransitions(gathered, transitions);
        Add(transitions, gradient.AsSpan(_tags.Count * _features));
        Add(gathered.Starts, gradient.AsSpan(Regularised + _tags.Count));
        return loss;
    }

    private static void Add(double[] derivatives, Span<float> gradient)
    {
        for (var i = 0; i < derivatives.Length; i++)
        {
            gradient[i] += (float)derivatives[i];
        }
    }

    private double[][] Score(TokenStates states)
    {
        var scores = new double[states.Words.Count][];
        for (var word = 0; word < scores.Length; word++)
        {
            var features = states.Features(word, _withNeighbours);
            scores[word] = new double[_tags.Count];
            for (var tag = 0; tag < _tags.Count; tag++)
            {
                scores[word][tag] = Parameters[Regularised + tag] + TensorPrimitives.Dot(features, Parameters.AsSpan(tag * _features, _features));
            }
        }

        return scores;
    }

    private void AddWeights(TokenStates states, double[][] byScores, float[] gradient)
    {
        for (var word = 0; word < byScores.Length; word++)
        {
            var features = states.Features(word, _withNeighbours);
            for (var tag = 0; tag < _tags.Count; tag++)
            {
                var derivative = (float)byScores[word][tag];
                if (Math.Abs(derivative) > Negligible)
                {
                    var row = gradient.AsSpan(tag * _features, _features);
                    TensorPrimitives.MultiplyAdd(features, derivative, row, row);
                    gradient[Regularised + tag] += derivative;
                }
            }
        }
    }
}
