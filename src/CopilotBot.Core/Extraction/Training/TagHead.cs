namespace CopilotBot.Extraction.Training;

/// <summary>A trained linear-chain CRF.</summary>
/// <param name="Score">Slot F1 on the dev part.</param>
internal sealed record TagHead(string Context, double L2, float[] Weights, float[] Bias, float[] Transitions, float[] Starts, double Score, int Epochs);
