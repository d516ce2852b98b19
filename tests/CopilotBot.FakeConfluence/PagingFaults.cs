using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Listings that lead astray (facts §1.2, §4.3 no. 25 and 27).</summary>
internal static class PagingFaults
{
    private static int _made;

    public static Outcome Apply(FaultKind fault, Outcome outcome) => outcome.Body is not JsonObject body || body["results"] is not JsonArray ? outcome : fault switch
    {
        FaultKind.RepeatedCursor => With(outcome, body, body["_links"]?["next"]?.GetValue<string>() is { } next ? Cut(next) : null),
        FaultKind.EndlessPaging => With(outcome, Emptied(body), $"/wiki/api/v2/pages?limit=25&cursor=endless{Interlocked.Increment(ref _made)}"),
        FaultKind.EmptyListing => With(outcome, Emptied(body), null),
        _ => outcome,
    };

    private static JsonObject Emptied(JsonObject body)
    {
        body["results"] = new JsonArray();
        return body;
    }

    private static Outcome With(Outcome outcome, JsonObject body, string? next)
    {
        if (body["_links"] is JsonObject links)
        {
            links.Remove("next");
            if (next is not null)
            {
                links["next"] = next;
            }
        }

        return outcome with { Next = next };
    }

    /// <summary>The way to the first page.</summary>
    private static string Cut(string next) => next[..next.LastIndexOf("&cursor=", StringComparison.Ordinal)];
}
