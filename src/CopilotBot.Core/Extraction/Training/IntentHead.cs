namespace CopilotBot.Extraction.Training;

/// <summary>A trained softmax over pooled states.</summary>
/// <param name="Score">On the dev part: accuracy in scope, less a hundredth of the negative log-likelihood, which decides between equals.</param>
internal sealed record IntentHead(string Pooling, double L2, float[] Weights, float[] Bias, double Temperature, double? Threshold, double Score, int Epochs);
