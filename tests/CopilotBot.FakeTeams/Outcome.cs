using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeTeams;

/// <summary>What one call is answered.</summary>
/// <param name="Body">Null for an empty body.</param>
/// <param name="RetryAfter">When a throttled call would get through.</param>
internal sealed record Outcome(int Status, object? Body = null, TimeSpan? RetryAfter = null)
{
    public static Outcome Error(int status, string code, string message, TimeSpan? retryAfter = null) => new(status, new { error = new { code, message } }, retryAfter);

    public static Outcome Of(Finding finding) => Error(finding.Status ?? 400, finding.Code, finding.Violation.Detail);

    /// <param name="retryAfter">What the answer tells of <see cref="RetryAfter"/>.</param>
    /// <param name="pause">How long the second half of the body lets wait for itself.</param>
    public async Task WriteAsync(HttpResponse response, TimeSpan? retryAfter, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        if (retryAfter is { } after)
        {
            response.Headers.RetryAfter = after.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        }

        if (Body is null)
        {
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Body);
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
