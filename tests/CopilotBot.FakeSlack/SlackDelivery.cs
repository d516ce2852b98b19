using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>What one act of a person brought to the bot: two payloads for a mention in a channel, none where the bot is not told.</summary>
/// <param name="ChannelId">Empty where the act belongs to no channel.</param>
/// <param name="Ts">The message written or acted on; empty where there is none.</param>
public sealed record SlackDelivery(string ChannelId, string Ts, string? ThreadTs, IReadOnlyList<SentPayload> Sent)
{
    /// <summary>The thread that the bot answers in.</summary>
    public string Thread => ThreadTs ?? Ts;

    public bool IsTaken => Sent.Count > 0 && Sent.All(payload => payload.IsTaken);

    /// <summary>Status of the last attempt, null where no answer came or nothing was sent.</summary>
    public int? Status => Last?.Status;

    public string Body => Last?.Body ?? "";

    /// <summary>Body of the last answer, of kind Undefined where it is no JSON.</summary>
    public JsonElement Json => JsonReading.Parse(Body) ?? default;

    public IReadOnlyList<DeliveryAttempt> Attempts => [.. Sent.SelectMany(payload => payload.Attempts)];

    /// <summary>The slowest attempt.</summary>
    public TimeSpan Elapsed => Attempts.Select(attempt => attempt.Elapsed).DefaultIfEmpty().Max();

    private DeliveryAttempt? Last => Sent.Count == 0 ? null : Sent[^1].Attempts[^1];
}
