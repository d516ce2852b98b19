using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>Status, title and prompts of agent threads (facts §0, §2, §4.1); called under the platform's lock.</summary>
internal sealed class SessionApi(PlatformState state)
{
    private const int TitleLength = 200;
    private const int MostPrompts = 4;
    private const int MostLoadingMessages = 10;

    private readonly Dictionary<string, SuggestedPrompts> _prompts = [];

    /// <summary>Switched off, every call is answered <c>feature_disabled</c>.</summary>
    public bool IsAgent { get; set; } = true;

    public SuggestedPrompts? Prompts(string channelId) => _prompts.GetValueOrDefault(channelId);

    public static IEnumerable<Finding> CheckStatus(string? status) => status is "processing" or "active" or "suspended" or "closed"
        ? []
        : [Finding.Refuse("invalid_arguments", "session-status", "§0", $"There is no session status {status ?? "(none)"}.")];

    public Outcome SetStatus(ApiCall call)
    {
        if (Thread(call, "feature_disabled", out var session) is { } closed)
        {
            return closed;
        }

        var status = call.Arguments.Filled("status");
        if (state.Refusal(CheckStatus(status).Concat(CheckTitle(call.Arguments.Text("title")))) is { } refused)
        {
            return refused;
        }

        OneStatusMethod(call, session);
        session.Status = status;
        session.Title ??= call.Arguments.Filled("title");
        return Outcome.Ok(new() { ["status"] = status });
    }

    public Outcome Rename(ApiCall call)
    {
        if (Thread(call, "feature_disabled", out var session) is { } closed)
        {
            return closed;
        }

        if (state.Refusal(CheckTitle(call.Arguments.Text("title") ?? "")) is { } refused)
        {
            return refused;
        }

        session.Title = call.Arguments.Text("title");
        return Outcome.Ok(new() { ["title"] = session.Title });
    }

    /// <summary>The older call: a text is processing, none is active (facts §0).</summary>
    public Outcome SetStatusText(ApiCall call)
    {
        if (Thread(call, "not_agent_app", out var session) is { } closed)
        {
            return closed;
        }

        if (call.Arguments.Text("status") is not { } text)
        {
            return state.Refusal(Finding.Refuse("invalid_arguments", "session-status", "§2", "A status is required; an empty one clears it."))!;
        }

        if (call.Arguments.Json("loading_messages") is { } messages && (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() > MostLoadingMessages))
        {
            return state.Refusal(Finding.Refuse("invalid_arguments", "loading-messages", "§2", $"loading_messages are at most {MostLoadingMessages}."))!;
        }

        OneStatusMethod(call, session);
        (session.Text, session.Status) = (text, text.Length > 0 ? SessionState.Processing : SessionState.Active);
        return Outcome.Ok();
    }

    public Outcome SetTitle(ApiCall call)
    {
        if (Thread(call, "not_agent_app", out var session) is { } closed)
        {
            return closed;
        }

        if (state.Refusal(CheckTitle(call.Arguments.Text("title") ?? "")) is { } refused)
        {
            return refused;
        }

        session.Title = call.Arguments.Text("title");
        return Outcome.Ok();
    }

    public Outcome SetSuggestedPrompts(ApiCall call)
    {
        if (!IsAgent)
        {
            return Outcome.Fail("not_agent_app");
        }

        if (state.Enter(call, "channel_id", out var channel) is { } closed)
        {
            return closed;
        }

        var prompts = call.Arguments.Json("prompts") ?? default;
        var isShaped = prompts.ValueKind == JsonValueKind.Array && prompts.GetArrayLength() is > 0 and <= MostPrompts
            && prompts.Items().All(prompt => prompt.Text("title") is { Length: > 0 } && prompt.Text("message") is { Length: > 0 });
        if (!isShaped)
        {
            return state.Refusal(Finding.Refuse("invalid_arguments", "prompts", "§2", $"Prompts are 1 to {MostPrompts}, each with a title and a message."))!;
        }

        _prompts[channel.Id] = new(
            call.Arguments.Filled("title"),
            call.Arguments.Filled("thread_ts"),
            [.. prompts.Items().Select(prompt => new SuggestedPrompt(prompt.Text("title")!, prompt.Text("message")!))]); // shaped, by the line above
        return Outcome.Ok();
    }

    private Outcome? Thread(ApiCall call, string disabled, out SessionState session)
    {
        session = null!; // set where null is returned
        if (!IsAgent)
        {
            return Outcome.Fail(disabled);
        }

        if (state.Enter(call, "channel_id", out var channel) is { } closed)
        {
            return closed;
        }

        if (call.Arguments.Filled("thread_ts") is not { } threadTs)
        {
            return state.Refusal(Finding.Refuse("thread_ts_required", "session-thread", "§2", "A session is that of a thread: thread_ts is required."))!;
        }

        if (state.Refusal(SlackDirectory.CheckThread(channel, threadTs, "invalid_thread_ts")) is { } elsewhere)
        {
            return elsewhere;
        }

        session = state.Directory.Session(channel.Id, threadTs);
        return null;
    }

    /// <summary>Both calls write the same place on the screen (facts §0).</summary>
    private void OneStatusMethod(ApiCall call, SessionState session)
    {
        if (session.StatusMethod is { } other && other != call.Seen.Method)
        {
            state.Violations.Add("status-both", "§0", $"{call.Seen.Method} came after {other} in one thread.");
        }

        session.StatusMethod = call.Seen.Method;
    }

    private static IEnumerable<Finding> CheckTitle(string? title) => title is null or { Length: > 0 and <= TitleLength }
        ? []
        : [Finding.Refuse("invalid_arguments", "session-title", "§2", $"A title has 1 to {TitleLength} characters.")];
}
