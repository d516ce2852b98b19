namespace CopilotBot.FakeTeams;

/// <summary>Which answers may be followed by the same call again (facts §1.7); guarded by the connector's lock.</summary>
internal sealed class RetryRules(TimeProvider time, ViolationLog violations)
{
    private readonly Dictionary<(string Method, string Target, string Body), (int Status, DateTimeOffset Until)> _told = [];

    public void Check(CallSeen call)
    {
        if (call.Method == "GET" || !_told.TryGetValue(KeyOf(call), out var told))
        {
            return;
        }

        if (told.Status is 400 or 403 or 404 or 405 or 413)
        {
            violations.Add("retry-refused", "§1.7", $"{call.Method} was answered {told.Status} before, which is never retried: {call.Target.Shortened()}");
        }
        else if (told.Status is 0 or >= 500 && IsCreation(call))
        {
            violations.Add("retry-create", "§1.7", $"A message that may be there already was sent once more: {call.Body.Shortened()}");
        }
        else if (told.Status == 429 && time.GetUtcNow() < told.Until)
        {
            violations.Add("retry-early", "§1.7", $"{call.Method} came again before Retry-After: {call.Target.Shortened()}");
        }
    }

    /// <param name="status">0 where the connection was dropped.</param>
    public void Remember(CallSeen call, int status, TimeSpan? retryAfter) => _told[KeyOf(call)] = (status, time.GetUtcNow() + (retryAfter ?? TimeSpan.Zero));

    /// <summary>An activity from the conversation makes it worth a try again.</summary>
    public void Forget(string conversationId)
    {
        var part = Uri.EscapeDataString(conversationId);
        foreach (var key in _told.Keys.Where(key => key.Target.Contains(part, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            _told.Remove(key);
        }
    }

    /// <summary>Typing and the requests of a stream show nothing twice.</summary>
    private static bool IsCreation(CallSeen call) =>
        call is { Operation: ConnectorOperation.Send or ConnectorOperation.Reply or ConnectorOperation.CreateConversation, StreamType: null } && call.ActivityType != "typing";

    private static (string Method, string Target, string Body) KeyOf(CallSeen call) => (call.Method, call.Target, call.Body);
}
