using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeTeams;

/// <summary>
/// Brings activities to the bot as the platform does: what is no invoke and gets no 2xx in time, a 5xx or a broken connection comes again unchanged (facts §2.4, §8.1).
/// </summary>
/// <param name="endpoint">Address of the bot's <c>/api/messages</c>.</param>
public sealed class TeamsClient(FakeConnector connector, HttpClient http, Uri endpoint)
{
    /// <summary>A restarted bot may listen elsewhere.</summary>
    public Uri Endpoint { get; set; } = endpoint;

    /// <summary>Where the bearer token of each attempt comes from; none is sent without it.</summary>
    public Func<Task<string?>>? Bearer { get; set; }

    /// <summary>How long an attempt waits for its answer, on the connector's clock.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait before each further attempt, so also how many there are at most.</summary>
    public IReadOnlyList<TimeSpan> RedeliveryDelays { get; set; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    public TeamsPerson As(TeamsUser user) => new(this, connector, user);

    /// <summary>Delivers any activity; an invoke is sent once and its answer is judged by facts §2.4.</summary>
    public async Task<Delivery> DeliverAsync(JsonObject activity, CancellationToken cancellationToken = default)
    {
        connector.Reopen((string)activity["conversation"]!["id"]!);
        var isInvoke = (string?)activity["type"] == "invoke";
        List<DeliveryAttempt> attempts = [await TryAsync(activity, cancellationToken)];
        foreach (var delay in isInvoke ? [] : RedeliveryDelays)
        {
            if (!attempts[^1].IsWorthAnother)
            {
                break;
            }

            await Task.Delay(delay, connector.Time, cancellationToken); // as the platform waits before it delivers again
            attempts.Add(await TryAsync(activity, cancellationToken));
        }

        if (isInvoke)
        {
            Judge((string)activity["name"]!, attempts[0]);
        }

        return new(activity, attempts);
    }

    /// <summary>The same activity once more, as the platform does when an answer was lost or late.</summary>
    public Task<Delivery> RedeliverAsync(Delivery delivery, CancellationToken cancellationToken = default) => DeliverAsync(delivery.Activity, cancellationToken);

    private async Task<DeliveryAttempt> TryAsync(JsonObject activity, CancellationToken cancellationToken)
    {
        var sentAt = connector.Time.GetUtcNow();
        using var late = new CancellationTokenSource(AnswerTimeout, connector.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
            if (Bearer is { } source && await source() is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var response = await http.SendAsync(request, ends.Token);
            return new(sentAt, (int)response.StatusCode, await response.Content.ReadAsStringAsync(ends.Token), null);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(sentAt, null, "", "No answer in time.");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new(sentAt, null, "", broken.Message);
        }
    }

    private void Judge(string name, DeliveryAttempt attempt)
    {
        foreach (var finding in InvokeAnswerRules.Check(name, attempt, connector.Time.GetUtcNow() - attempt.SentAt))
        {
            connector.Record(finding.Violation);
        }
    }
}
