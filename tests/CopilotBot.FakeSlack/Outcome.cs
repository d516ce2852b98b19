using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeSlack;

/// <summary>What one call is answered.</summary>
/// <param name="Json">Null for a body of plain text.</param>
/// <param name="RetryAfter">With 429: when a call would get through.</param>
internal sealed record Outcome(int Status, JsonObject? Json = null, string Text = "", TimeSpan? RetryAfter = null)
{
    /// <summary>Slack's error code, null for success.</summary>
    public string? Error => Json is null ? Status == 200 ? null : Text : (string?)Json["error"];

    public static Outcome Ok(JsonObject? body = null)
    {
        body ??= [];
        body["ok"] = true;
        return new(200, body);
    }

    public static Outcome Fail(string error, string? detail = null)
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = error };
        if (!string.IsNullOrEmpty(detail))
        {
            body["response_metadata"] = new JsonObject { ["messages"] = new JsonArray($"[ERROR] {detail}") };
        }

        return new(200, body);
    }

    public static Outcome Of(Finding finding) => Fail(finding.Error!, finding.Violation.Detail); // asked only of what is refused

    public static Outcome Limited(TimeSpan retryAfter) => Fail("ratelimited") with { Status = 429, RetryAfter = retryAfter };

    public async Task WriteAsync(HttpResponse response, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } after)
        {
            response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture);
        }

        response.ContentType = Json is null ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(Json?.ToJsonString() ?? Text);
        response.ContentLength = bytes.Length;
        var half = pause > TimeSpan.Zero ? bytes.Length / 2 : 0;
        if (half > 0)
        {
            await response.Body.WriteAsync(bytes.AsMemory(0, half), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(pause, time, cancellationToken); // the other half of a slow body, on the test's clock
        }

        await response.Body.WriteAsync(bytes.AsMemory(half), cancellationToken);
    }
}
