namespace CopilotBot.Channels.Teams.Auth;

/// <summary>Whether a request is let in.</summary>
/// <param name="HttpStatus">Status of the answer, which has no body: 200, 400, 401, 403, or 503 while the keys cannot be had.</param>
/// <param name="Reason">For logs: words of ours, nothing of the request.</param>
internal sealed record InboundVerdict(int HttpStatus, string Reason)
{
    public static InboundVerdict Accepted { get; } = new(StatusCodes.Status200OK, "");

    public static InboundVerdict TenantRefused { get; } = new(StatusCodes.Status403Forbidden, "tenant not allowed");

    public static InboundVerdict KeysUnavailable { get; } = new(StatusCodes.Status503ServiceUnavailable, "signing keys unavailable");

    public bool IsAccepted => HttpStatus == StatusCodes.Status200OK;

    public static InboundVerdict Unauthorized(string reason) => new(StatusCodes.Status401Unauthorized, reason);

    public static InboundVerdict BadRequest(string reason) => new(StatusCodes.Status400BadRequest, reason);
}
