namespace CopilotBot.Extraction.Training;

/// <summary>How weights are fitted.</summary>
/// <param name="Rate">Step size of the first epoch.</param>
/// <param name="Decay">Step size of each epoch as a part of the one before.</param>
/// <param name="L2">Half of it, times the squared weights, is added to the mean loss.</param>
/// <param name="Patience">Epochs without a better score on the dev messages after which it stops.</param>
internal sealed record FitSettings(double Rate, double Decay, double L2, int Batch, int Epochs, int Patience, int Seed);
