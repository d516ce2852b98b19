namespace CopilotBot.FakeSlack;

/// <summary>Posting, updating and deleting (facts §2); called under the platform's lock.</summary>
internal sealed class ChatApi(PlatformState state, RateLimits limits)
{
    private const int UpdateTextLength = 4_000;
    private static readonly TimeSpan UpdateSpacing = TimeSpan.FromSeconds(3);

    /// <summary>Whether chat.postMessage and chat.update are held back.</summary>
    public bool EnforcesLimits { get; set; } = true;

    public Outcome PostMessage(ApiCall call)
    {
        if (state.Enter(call, "channel", out var channel) is { } closed)
        {
            return closed;
        }

        if (EnforcesLimits && limits.TakePost(channel.Id) is { } wait)
        {
            return Outcome.Limited(wait);
        }

        var arguments = call.Arguments;
        var threadTs = arguments.Filled("thread_ts");
        if (state.Refusal([.. MessageRules.CheckContent(arguments), .. MessageRules.CheckUnfurls(arguments), .. MessageRules.CheckMetadata(arguments.Json("metadata"))]) is { } refused)
        {
            return refused;
        }

        if (threadTs is not null && state.Refusal(SlackDirectory.CheckThread(channel, threadTs, "cannot_reply_to_message")) is { } elsewhere)
        {
            return elsewhere;
        }

        var message = state.Directory.Post(channel, call.Install.BotUserId, isBot: true, threadTs, MessageRules.Version(arguments, state.Now));
        message.Metadata = arguments.Json("metadata");
        state.CheckMentions(message, MessageRules.Mentions(arguments));
        if (threadTs is not null)
        {
            state.Directory.Session(channel.Id, threadTs).Text = "";
        }

        state.Echo(message, EchoKind.Posted);
        return Outcome.Ok(new() { ["channel"] = channel.Id, ["ts"] = message.Ts, ["message"] = MessageJson.Of(message, call.Install) });
    }

    /// <summary>Seen by one member only, and not kept (facts §2).</summary>
    public Outcome PostEphemeral(ApiCall call)
    {
        if (state.Enter(call, "channel", out var channel) is { } closed)
        {
            return closed;
        }

        var arguments = call.Arguments;
        if (channel.Members.All(member => member.Id != arguments.Text("user")))
        {
            return Outcome.Fail("user_not_in_channel");
        }

        if (state.Refusal(MessageRules.CheckContent(arguments)) is { } refused)
        {
            return refused;
        }

        var threadTs = arguments.Filled("thread_ts");
        if (threadTs is not null && state.Refusal(SlackDirectory.CheckThread(channel, threadTs, "cannot_reply_to_message")) is { } elsewhere)
        {
            return elsewhere;
        }

        if (arguments.Has("metadata"))
        {
            state.Violations.Add("ephemeral-metadata", "§2", "The metadata of an ephemeral message is ignored.");
        }

        if (threadTs is not null && !SlackDirectory.Replies(channel, threadTs).Any())
        {
            state.Violations.Add("ephemeral-thread", "§2", "An ephemeral message is shown in a thread only once it has replies; nobody sees this one.");
            return Outcome.Ok(new() { ["message_ts"] = state.Directory.NextTs() });
        }

        var message = state.Directory.Post(channel, call.Install.BotUserId, isBot: true, threadTs, MessageRules.Version(arguments, state.Now), ephemeralTo: arguments.Text("user"));
        state.CheckMentions(message, MessageRules.Mentions(arguments));
        return Outcome.Ok(new() { ["message_ts"] = message.Ts });
    }

    public Outcome Update(ApiCall call)
    {
        if (FindOwn(call, "cant_update_message", out var message) is { } foreign)
        {
            return foreign;
        }

        if (message.Stream?.Shown(state.Now) == ShownStream.Open)
        {
            return state.Refusal(Finding.Refuse("streaming_state_conflict", "stream-edit", "§2.1", "The message is being streamed."))!;
        }

        if (EnforcesLimits && message.UpdatedAt is { } last && last + UpdateSpacing - state.Now is { Ticks: > 0 } wait)
        {
            state.Violations.Add("update-spacing", "§2", $"A message takes an update every {UpdateSpacing.TotalSeconds} s.");
            return Outcome.Limited(wait);
        }

        var arguments = call.Arguments;
        var tooLong = arguments.Text("text")?.Length > UpdateTextLength
            ? new[] { Finding.Refuse("msg_too_long", "text-length", "§2", $"The text of an update has more than {UpdateTextLength} characters.") }
            : [];
        if (state.Refusal([.. tooLong, .. MessageRules.CheckContent(arguments), .. MessageRules.CheckMetadata(arguments.Json("metadata"))]) is { } refused)
        {
            return refused;
        }

        Show(message, arguments);
        message.UpdatedAt = state.Now;
        return Outcome.Ok(new() { ["channel"] = message.Channel.Id, ["ts"] = message.Ts, ["text"] = message.Current!.Text, ["message"] = MessageJson.Of(message, call.Install) });
    }

    /// <summary>Shows a new version; metadata stays where none is given and goes with <c>{}</c>.</summary>
    public void Show(MessageState message, CallArguments arguments)
    {
        message.Versions.Add(MessageRules.Version(arguments, state.Now));
        if (arguments.Json("metadata") is { } metadata)
        {
            message.Metadata = metadata.EnumerateObject().Any() ? metadata : null;
        }

        state.CheckMentions(message, MessageRules.Mentions(arguments));
        state.Echo(message, EchoKind.Changed);
    }

    public Outcome Delete(ApiCall call)
    {
        if (FindOwn(call, "cant_delete_message", out var message) is { } foreign)
        {
            return foreign;
        }

        if (message.Stream?.Shown(state.Now) == ShownStream.Open)
        {
            return state.Refusal(Finding.Refuse("cant_delete_message", "stream-delete", "§2.1", "The message is being streamed."))!;
        }

        SlackDirectory.Delete(message);
        state.Echo(message, EchoKind.Deleted);
        return Outcome.Ok(new() { ["channel"] = message.Channel.Id, ["ts"] = message.Ts });
    }

    public Outcome GetPermalink(ApiCall call)
    {
        if (state.Directory.FindChannel(call.Arguments.Text("channel"), call.Install) is not { } channel)
        {
            return Outcome.Fail("channel_not_found");
        }

        return channel.Find(call.Arguments.Text("message_ts") ?? "") is { IsDeleted: false } message
            ? Outcome.Ok(new() { ["channel"] = channel.Id, ["permalink"] = Permalink(message) })
            : Outcome.Fail("message_not_found");
    }

    public Outcome AddReaction(ApiCall call) => React(call, "already_reacted", (message, name) => message.Reactions.Add(name));

    public Outcome RemoveReaction(ApiCall call) => React(call, "no_reaction", (message, name) => message.Reactions.Remove(name));

    private Outcome React(ApiCall call, string already, Func<MessageState, string, bool> change)
    {
        if (state.Enter(call, "channel", out var channel) is { } closed)
        {
            return closed;
        }

        if (call.Arguments.Filled("name") is not { } name || name.Contains(':', StringComparison.Ordinal))
        {
            return state.Refusal(Finding.Refuse("invalid_name", "reaction-name", "§2", "A reaction has a name without colons."))!;
        }

        return channel.Find(call.Arguments.Text("timestamp") ?? "") is not { IsDeleted: false } message
            ? Outcome.Fail("message_not_found")
            : change(message, name) ? Outcome.Ok() : Outcome.Fail(already);
    }

    private Outcome? FindOwn(ApiCall call, string foreign, out MessageState message)
    {
        message = null!; // set where null is returned
        if (call.Arguments.Text("channel") is ['U' or 'W', ..])
        {
            return state.Refusal(Finding.Refuse("channel_not_found", "dm-id", "§2", "A direct conversation is named by its D… id."))!;
        }

        if (state.Enter(call, "channel", out var channel) is { } closed)
        {
            return closed;
        }

        message = channel.Find(call.Arguments.Text("ts") ?? "")!;
        return message is null or { IsDeleted: true } ? Outcome.Fail("message_not_found") : message.IsBot && message.UserId == call.Install.BotUserId ? null : Outcome.Fail(foreign);
    }

    private static string Permalink(MessageState message) =>
        $"https://{message.Channel.Workspace.Domain}.slack.example/archives/{message.Channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}{(message.ThreadTs is { } thread ? $"?thread_ts={thread}&cid={message.Channel.Id}" : "")}";
}
