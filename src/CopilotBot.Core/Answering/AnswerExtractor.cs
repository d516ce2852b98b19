using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace CopilotBot.Answering;

/// <summary>
/// Answers without a language model: quotes the sentences, list items and table rows that answer, with [n] behind each, or replies
/// <see cref="GroundingRequest.NoEvidence"/>. It is a chat client like any other model, so nothing around it differs.
/// </summary>
public sealed class AnswerExtractor(ExtractorModel model) : IChatClient
{
    /// <summary>Passages that are read.</summary>
    public const int MaximumPassages = 8;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = GroundingRequest.From(options)
            ?? throw new ArgumentException("The extractor works on retrieved passages: pass a GroundingRequest in the chat options.", nameof(options));
        var (text, confidence) = Extract(request);
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { ModelId = "extractor" };
        GroundingRequest.SetConfidence(response, confidence);
        return Task.FromResult(response);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
    }

    private (string Text, double Confidence) Extract(GroundingRequest request)
    {
        var units = UnitFeatures.Of(request, MaximumPassages);
        if (units.Count == 0)
        {
            return (GroundingRequest.NoEvidence, 0);
        }

        var ranked = model.Rank(units);
        var chosen = UnitSelector.Choose(ranked, model.MinimumGain);
        var confidence = model.Confidence(EvidenceFeatures.Of(request, ranked, model.Units.Score(ranked[0].Unit.Features), chosen));
        return (confidence < model.Threshold ? GroundingRequest.NoEvidence : Write(request.Question, chosen, ranked), confidence);
    }

    /// <summary>The chosen units as text with markers, the short answer in front where there is one. A correction of the best one is said too, and no short answer then.</summary>
    internal static string Write(string question, IReadOnlyList<AnswerUnit> chosen, IReadOnlyList<RankedUnit> ranked) =>
        chosen.Count > 0 && Disagreements.FindCorrection(question, chosen.MaxBy(unit => ranked.First(other => other.Unit == unit).Probability) ?? chosen[0], ranked) is { } correction
            ? AnswerComposer.Compose([.. chosen.Except([correction]).Prepend(correction)], null)
            : AnswerComposer.Compose(chosen, ShortAnswer.Find(question, ranked, chosen));
}
