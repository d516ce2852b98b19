using System.Numerics.Tensors;

namespace CopilotBot.Inference;

/// <summary>What <see cref="LinearChain.AddGradient"/> gathers over messages about transitions and starts. For one thread.</summary>
internal sealed class ChainGradient(int tags)
{
    /// <summary>[from][to]: sums of forward times scaled backward values, still without the transition's own factor.</summary>
    public double[][] Outer { get; } = [.. Enumerable.Range(0, tags).Select(_ => new double[tags])];

    /// <summary>[from][to]: how often it stands in the labelled sequences.</summary>
    public double[][] Seen { get; } = [.. Enumerable.Range(0, tags).Select(_ => new double[tags])];

    /// <summary>Derivatives by the starts.</summary>
    public double[] Starts { get; } = new double[tags];

    public void Count(int from, int to) => Seen[from][to]++;

    public void AddStart(double[] marginals, int tag)
    {
        TensorPrimitives.Add(Starts, marginals, Starts);
        Starts[tag]--;
    }

    public void Clear()
    {
        foreach (var row in Outer.Concat(Seen))
        {
            Array.Clear(row);
        }

        Array.Clear(Starts);
    }
}
