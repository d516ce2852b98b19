using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>What is added to a frozen matrix: scale · down · up (LoRA, Hu et al. 2021), with scale 2. It begins as 0.</summary>
/// <param name="Down">[inputs, rank].</param>
/// <param name="Up">[rank, outputs].</param>
internal sealed record LowRankAdapter(Parameter Down, Parameter Up)
{
    private const float Scale = 2;

    /// <param name="matrix">[inputs, outputs].</param>
    public static LowRankAdapter For(Tensor matrix, int rank)
    {
        using var _ = no_grad();
        return new LowRankAdapter(new Parameter(randn(matrix.shape[0], rank) / Math.Sqrt(matrix.shape[0])), new Parameter(zeros(rank, matrix.shape[1])));
    }

    /// <returns>[inputs, outputs].</returns>
    public Tensor Product() => Down.mm(Up) * Scale;
}
