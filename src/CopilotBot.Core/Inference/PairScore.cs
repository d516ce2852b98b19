namespace CopilotBot.Inference;

/// <summary>Logits of a cross-encoder for a pair of texts.</summary>
/// <param name="Relevance">Does the passage answer the question?</param>
/// <param name="Support">Does the passage back the sentence? Null when the model has no such output.</param>
public readonly record struct PairScore(float Relevance, float? Support);
