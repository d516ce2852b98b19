using CopilotBot.Retrieval;
using Microsoft.Extensions.AI;

namespace CopilotBot.Answering;

/// <summary>
/// What an answer is written from. A language model reads it as text; <see cref="AnswerExtractor"/> takes it as an object out of the chat options, because it
/// works on the token vectors that retrieval has at hand.
/// </summary>
public sealed record GroundingRequest(string Question, IReadOnlyList<Passage> Passages, RetrievalResult Retrieval)
{
    /// <summary>What any model replies when the passages do not answer the question.</summary>
    public const string NoEvidence = "NO_EVIDENCE";

    private const string OptionsKey = "copilotbot.grounding";

    private const string ConfidenceKey = "copilotbot.confidence";

    /// <summary>Is told what the model has written so far, where somebody wants to see it grow.</summary>
    internal IProgress<string>? Draft { get; init; }

    public ChatOptions ToOptions() => new() { AdditionalProperties = new() { [OptionsKey] = this } };

    public static GroundingRequest? From(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(OptionsKey) as GroundingRequest;

    internal static void SetConfidence(ChatResponse response, double confidence) => (response.AdditionalProperties ??= [])[ConfidenceKey] = confidence;

    /// <summary>Probability that the passages answer the question, where the model gives one.</summary>
    public static double? ConfidenceOf(ChatResponse response) => response?.AdditionalProperties?.GetValueOrDefault(ConfidenceKey) as double?;
}
