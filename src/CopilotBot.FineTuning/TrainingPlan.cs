namespace CopilotBot.FineTuning;

/// <param name="Epochs">Passes over the training messages at most.</param>
/// <param name="Batch">Messages a step.</param>
/// <param name="LearningRate">Highest, of the encoder's last layer.</param>
/// <param name="SwapRate">Part of the slot values that are replaced by other messages' values.</param>
/// <param name="Rank">Of low-rank adapters; null to train all weights.</param>
internal sealed record TrainingPlan(int Epochs, int Batch, double LearningRate, int Seed, double SwapRate, int? Rank, Precision Precision)
{
    public const double DefaultRate = 2e-4;

    public const double DefaultAdapterRate = 1e-3;

    /// <summary>Epochs without a better dev score after which training ends.</summary>
    public const int Patience = 5;

    /// <summary>Of new heads.</summary>
    public const double HeadsRate = 2e-3;

    /// <summary>Each layer below the last learns by this factor slower.</summary>
    public const double LayerDecay = 0.9;

    /// <summary>Part of the steps in which the rate rises; it falls to 0 in the others.</summary>
    public const double WarmUp = 0.1;

    /// <summary>Part of the steps that the weights which are kept are averaged over.</summary>
    public const double Average = 0.1;

    public const double WeightDecay = 0.01;

    public const double LargestGradient = 1;
}
