using CopilotBot.Answering;
using Microsoft.Extensions.AI;

namespace CopilotBot.Evaluation;

/// <summary>What a question that was turned down would have been answered with: the same passages through the same extractor, verifier and writer, at a threshold of 0.</summary>
internal static class UnconditionalAnswer
{
    private static readonly AnswerExtractor Extractor = new(ExtractorModel.Default with { Threshold = 0 });

    /// <summary>The given answer, unless the threshold kept one back. A model that gives no confidence has no threshold.</summary>
    public static async Task<Answer> ComposeAsync(TurnResult result, CancellationToken cancellationToken)
    {
        if (result is not { Answer.Outcome: AnswerOutcome.NoEvidence, Grounding: { } grounding, Confidence: not null })
        {
            return result.Answer;
        }

        var response = await Extractor.GetResponseAsync([new ChatMessage(ChatRole.User, grounding.Question)], grounding.ToOptions(), cancellationToken);
        return AnswerWriter.Write(result.Answer.TurnId, CitationVerifier.Verify(response.Text, grounding.Passages), grounding, isShared: false);
    }
}
