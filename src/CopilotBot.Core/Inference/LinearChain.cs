using System.Numerics.Tensors;

namespace CopilotBot.Inference;

/// <summary>
/// Linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over BIO tags: the score of a sequence is the sum of its start, its words' scores and
/// its transitions, over those sequences alone that BIO allows. Forward-backward in the probability domain, each word scaled to sum 1 (Rabiner 1989, V.A).
/// </summary>
internal sealed class LinearChain
{
    private readonly int _tags;

    private readonly double[] _starts;

    private readonly double[] _transitions;

    private readonly double[] _startFactors;

    /// <summary>[from][to]: exp of the score; 0 where it may not be.</summary>
    private readonly double[][] _factors;

    /// <param name="transitions">[from, to], row by row.</param>
    /// <param name="starts">[tags].</param>
    public LinearChain(IReadOnlyList<string> tags, double[] transitions, double[] starts)
    {
        _tags = tags.Count;
        (_starts, _transitions) = (starts, transitions);
        _startFactors = [.. tags.Select((to, tag) => BioRules.Allows(null, to) ? Math.Exp(starts[tag]) : 0)];
        _factors = [.. tags.Select((from, row) => tags.Select((to, column) => BioRules.Allows(from, to) ? Math.Exp(transitions[(row * tags.Count) + column]) : 0).ToArray())];
    }

    public LinearChain(IReadOnlyList<string> tags, float[] transitions, float[] starts)
        : this(tags, [.. transitions.Select(score => (double)score)], [.. starts.Select(score => (double)score)])
    {
    }

    /// <summary>Natural logarithm of the sum over all sequences of exp of their score.</summary>
    /// <param name="scores">[word][tag].</param>
    public double LogPartition(IReadOnlyList<double[]> scores) => Forward(scores).LogPartition;

    /// <summary>[word][tag]: probability that the word has the tag.</summary>
    public double[][] Marginals(IReadOnlyList<double[]> scores)
    {
        var lattice = Forward(scores);
        Backward(lattice, null);
        return lattice.Alphas;
    }

    /// <summary>Adds the gradient of minus the log-likelihood of the tags to <paramref name="gradient"/>.</summary>
    /// <param name="tags">A sequence that BIO allows.</param>
    /// <returns>Minus the log-likelihood, and its derivatives by the words' scores, [word][tag].</returns>
    public (double Loss, double[][] ByScores) AddGradient(IReadOnlyList<double[]> scores, IReadOnlyList<int> tags, ChainGradient gradient)
    {
        var lattice = Forward(scores);
        Backward(lattice, gradient);
        var score = _starts[tags[0]] + scores[0][tags[0]];
        var marginals = lattice.Alphas;
        gradient.AddStart(marginals[0], tags[0]);
        marginals[0][tags[0]]--;
        for (var word = 1; word < tags.Count; word++)
        {
            score += _transitions[(tags[word - 1] * _tags) + tags[word]] + scores[word][tags[word]];
            gradient.Count(tags[word - 1], tags[word]);
            marginals[word][tags[word]]--;
        }

        return (lattice.LogPartition - score, marginals);
    }

    /// <summary>Adds to each of the row-by-row derivatives by transitions what the gradient gathered: expected minus seen.</summary>
    public void AddTransitions(ChainGradient gradient, Span<double> derivatives)
    {
        for (var from = 0; from < _tags; from++)
        {
            var row = derivatives.Slice(from * _tags, _tags);
            TensorPrimitives.MultiplyAdd(_factors[from], gradient.Outer[from], row, row);
            TensorPrimitives.Subtract(row, gradient.Seen[from], row);
        }
    }

    private Lattice Forward(IReadOnlyList<double[]> scores)
    {
        var lattice = new Lattice(scores.Count);
        for (var word = 0; word < scores.Count; word++)
        {
            var peak = TensorPrimitives.Max<double>(scores[word]);
            var factors = new double[_tags];
            TensorPrimitives.Subtract(scores[word], peak, factors);
            TensorPrimitives.Exp(factors, factors);
            var alpha = new double[_tags];
            if (word == 0)
            {
                _startFactors.CopyTo(alpha, 0);
            }
            else
            {
                for (var from = 0; from < _tags; from++)
                {
                    TensorPrimitives.MultiplyAdd(_factors[from], lattice.Alphas[word - 1][from], alpha, alpha);
                }
            }

            TensorPrimitives.Multiply(alpha, factors, alpha);
            var sum = TensorPrimitives.Sum<double>(alpha);
            TensorPrimitives.Divide(alpha, sum, alpha);
            (lattice.Factors[word], lattice.Alphas[word], lattice.Scales[word]) = (factors, alpha, sum);
            lattice.LogPartition += Math.Log(sum) + peak;
        }

        return lattice;
    }

    /// <summary>Turns the forward probabilities into marginals; the products of neighbours go into the gradient.</summary>
    private void Backward(Lattice lattice, ChainGradient? gradient)
    {
        var beta = Enumerable.Repeat(1d, _tags).ToArray();
        var next = new double[_tags];
        for (var word = lattice.Alphas.Length - 1; word >= 0; word--)
        {
            var alpha = lattice.Alphas[word];
            if (word < lattice.Alphas.Length - 1)
            {
                TensorPrimitives.Multiply(lattice.Factors[word + 1], beta, next);
                TensorPrimitives.Divide(next, lattice.Scales[word + 1], next);
                for (var from = 0; from < _tags; from++)
                {
                    beta[from] = TensorPrimitives.Dot<double>(_factors[from], next);
                    if (gradient is not null)
                    {
                        TensorPrimitives.MultiplyAdd(next, alpha[from], gradient.Outer[from], gradient.Outer[from]);
                    }
                }
            }

            TensorPrimitives.Multiply(alpha, beta, alpha);
        }
    }

    private sealed class Lattice(int words)
    {
        public double[][] Factors { get; } = new double[words][];

        public double[][] Alphas { get; } = new double[words][];

        public double[] Scales { get; } = new double[words];

        public double LogPartition { get; set; }
    }
}
