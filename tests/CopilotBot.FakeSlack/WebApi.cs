namespace CopilotBot.FakeSlack;

/// <summary>Takes each call to its method, after the rules that hold for every call (facts §2); called under the platform's lock.</summary>
internal sealed class WebApi
{
    private const string Bearer = "Bearer ";
    private static readonly string[] Content = ["channel", "text", "blocks", "markdown_text", "metadata", "thread_ts", "username", "icon_emoji", "icon_url", "mrkdwn", "parse", "link_names"];
    private static readonly string[] Paging = ["cursor", "limit", "team_id"];

    private readonly PlatformState _state;
    private readonly RateLimits _limits;
    private readonly OAuthApi _oauth;
    private readonly SocketHub _sockets;
    private readonly Dictionary<string, ApiMethod> _methods;

    public WebApi(PlatformState state, RateLimits limits, ChatApi chat, StreamApi streams, SessionApi sessions, DirectoryApi directory, ViewApi views, OAuthApi oauth, SocketHub sockets)
    {
        (_state, _limits, _oauth, _sockets) = (state, limits, oauth, sockets);
        string[] recipients = ["recipient_user_id", "recipient_team_id", "task_display_mode"];
        string[] history = [.. Paging, "channel", "oldest", "latest", "inclusive", "include_all_metadata"];
        ApiMethod[] all =
        [
            new("auth.test", SlackTier.Special, true, null, [], directory.AuthTest),
            new("chat.postMessage", SlackTier.Special, true, "chat:write", [.. Content, "unfurl_links", "unfurl_media", "reply_broadcast"], chat.PostMessage),
            new("chat.postEphemeral", SlackTier.Four, true, "chat:write", [.. Content, "user"], chat.PostEphemeral),
            new("chat.update", SlackTier.Three, true, "chat:write", [.. Content, "ts", "reply_broadcast", "unfurl_links", "unfurl_media"], chat.Update),
            new("chat.delete", SlackTier.Three, true, "chat:write", ["channel", "ts"], chat.Delete),
            new("chat.getPermalink", SlackTier.Special, false, null, ["channel", "message_ts"], chat.GetPermalink),
            new("chat.startStream", SlackTier.Two, true, "chat:write", ["channel", "thread_ts", "markdown_text", "chunks", .. recipients, "username", "icon_emoji", "icon_url"], streams.Start),
            new("chat.appendStream", SlackTier.Four, true, "chat:write", ["channel", "ts", "markdown_text", "chunks"], streams.Append),
            new("chat.stopStream", SlackTier.Two, true, "chat:write", ["channel", "ts", "markdown_text", "chunks", "blocks", "metadata", "session_status"], streams.Stop),
            new("agents.sessions.setStatus", SlackTier.Three, true, "chat:write", ["channel_id", "thread_ts", "status", "title", "initiator_user_id", "username", "icon_emoji", "icon_url"], sessions.SetStatus),
            new("agents.sessions.rename", SlackTier.Three, true, "chat:write", ["channel_id", "thread_ts", "title"], sessions.Rename),
            new("assistant.threads.setStatus", SlackTier.Special, true, "chat:write", ["channel_id", "thread_ts", "status", "loading_messages", "username", "icon_emoji", "icon_url"], sessions.SetStatusText),
            new("assistant.threads.setTitle", SlackTier.Four, true, "assistant:write", ["channel_id", "thread_ts", "title"], sessions.SetTitle),
            new("assistant.threads.setSuggestedPrompts", SlackTier.Four, true, "assistant:write", ["channel_id", "thread_ts", "title", "prompts"], sessions.SetSuggestedPrompts),
            new("conversations.open", SlackTier.Three, true, "im:write", ["users", "channel", "return_im", "prevent_creation"], directory.Open),
            new("conversations.info", SlackTier.Three, false, null, ["channel", "include_num_members", "include_locale", "team_id"], directory.Info),
            new("conversations.members", SlackTier.Four, false, null, [.. Paging, "channel"], directory.Members),
            new("conversations.replies", SlackTier.Three, false, null, [.. history, "ts"], directory.Replies),
            new("conversations.history", SlackTier.Three, true, null, history, directory.History),
            new("users.info", SlackTier.Four, false, "users:read", ["user", "include_locale", "team_id"], directory.UserInfo),
            new("reactions.add", SlackTier.Three, true, "reactions:write", ["channel", "name", "timestamp"], chat.AddReaction),
            new("reactions.remove", SlackTier.Two, true, "reactions:write", ["channel", "name", "timestamp"], chat.RemoveReaction),
            new("views.open", SlackTier.Four, true, null, ["trigger_id", "interactivity_pointer", "view"], views.Open),
            new("views.push", SlackTier.Four, true, null, ["trigger_id", "interactivity_pointer", "view"], views.Push),
            new("views.update", SlackTier.Four, true, null, ["view_id", "external_id", "hash", "view"], views.Update),
            new("views.publish", SlackTier.Four, true, null, ["user_id", "hash", "view"], views.Publish),
        ];
        _methods = all.ToDictionary(method => method.Name);
    }

    public bool EnforcesLimits { get; set; } = true;

    public static Outcome MissingScope(SlackInstall install, string needed)
    {
        var outcome = Outcome.Fail("missing_scope");
        (outcome.Json!["needed"], outcome.Json["provided"]) = (needed, string.Join(',', install.Scopes)); // Fail always has a body
        return outcome;
    }

    public Outcome Act(CallSeen call, string httpMethod)
    {
        if (httpMethod != "POST")
        {
            _state.Violations.Add("http-method", "§2", $"{call.Method} was called with {httpMethod}.");
        }

        if (call.Target.Contains("token=", StringComparison.Ordinal) || (call.Arguments.Has("token") && call.Method != "oauth.v2.exchange"))
        {
            _state.Violations.Add("token-place", "§2", $"{call.Method} has a token outside the Authorization header.");
        }

        var outcome = call.Method switch
        {
            "oauth.v2.access" => Encoding(call, takesJson: false) ?? _oauth.Access(call.Arguments, call.Authorization),
            "oauth.v2.exchange" => Encoding(call, takesJson: false) ?? _oauth.Exchange(call.Arguments),
            "apps.connections.open" => Encoding(call, takesJson: true) ?? OpenConnection(call),
            _ => _methods.TryGetValue(call.Method, out var method) ? Act(call, method) : Unknown(call),
        };
        if (call.Arguments is { IsJson: true, IsUtf8: false } && call.Body.Length > 0 && outcome.Json is { } body)
        {
            _state.Violations.Add("charset", "§2", $"{call.Method} sent JSON without charset=utf-8.");
            body["warning"] = "missing_charset";
        }

        return outcome;
    }

    private Outcome Act(CallSeen call, ApiMethod method)
    {
        if (Encoding(call, method.TakesJson) is { } misread)
        {
            return misread;
        }

        foreach (var unknown in call.Arguments.Names.Where(name => name != "token" && !method.Arguments.Contains(name)))
        {
            _state.Violations.Add("argument-unknown", "§2", $"{method.Name} has no argument {unknown}.");
        }

        if (call.Authorization?.StartsWith(Bearer, StringComparison.Ordinal) != true)
        {
            return _state.Refusal(Finding.Refuse("not_authed", "token-missing", "§2", $"{method.Name} came without a token."))!;
        }

        var token = call.Authorization[Bearer.Length..];
        if (token == _sockets.AppToken)
        {
            return _state.Refusal(Finding.Refuse("not_allowed_token_type", "token-type", "§2", $"{method.Name} takes no app token."))!;
        }

        if (_oauth.Check(token, out var install) is { } dead)
        {
            return dead;
        }

        if (Limit(call, method, install) is { } limited)
        {
            return limited;
        }

        if (method.Scope is { } scope && !install.Scopes.Contains(scope))
        {
            return MissingScope(install, scope);
        }

        var outcome = method.Act(new(call, install));
        if (outcome.RetryAfter is { } wait)
        {
            _limits.Tell(Told(call, method, install), wait);
        }

        return outcome;
    }

    /// <summary>Remembers an injected 429 as if a limit had given it.</summary>
    public void Tell(CallSeen call, TimeSpan retryAfter)
    {
        if (_methods.TryGetValue(call.Method, out var method) && _state.Directory.Installs.FirstOrDefault(install => call.Authorization == Bearer + install.BotToken) is { } install)
        {
            _limits.Tell(Told(call, method, install), retryAfter);
        }
    }

    private Outcome? Limit(CallSeen call, ApiMethod method, SlackInstall install)
    {
        if (_limits.IsEarly(Told(call, method, install)))
        {
            _state.Violations.Add("retry-early", "§2", $"{method.Name} came again before Retry-After.");
        }

        if (!EnforcesLimits || _limits.Take(method.Name, install.Key, method.Tier) is not { } wait)
        {
            return null;
        }

        _limits.Tell(Told(call, method, install), wait);
        return Outcome.Limited(wait);
    }

    /// <summary>Limits are those of a method in a workspace, but for posts (of a channel) and updates (of a message).</summary>
    private static string Told(CallSeen call, ApiMethod method, SlackInstall install) =>
        $"{method.Name} {install.Key} {(method.Name is "chat.postMessage" or "chat.update" ? call.Text("channel") : "")} {(method.Name == "chat.update" ? call.Text("ts") : "")}";

    private Outcome? Encoding(CallSeen call, bool takesJson)
    {
        var arguments = call.Arguments;
        if (arguments.IsJson && !takesJson && call.Body.Length > 0)
        {
            arguments.Drop();
            _state.Violations.Add("json-not-taken", "§2", $"{call.Method} takes a form only.");
            return null;
        }

        if (arguments.IsBroken)
        {
            return _state.Refusal(Finding.Refuse("invalid_json", "json", "§2", $"The body of {call.Method} is no JSON object."));
        }

        return arguments.IsJson || arguments.IsForm || call.Body.Length == 0
            ? null
            : _state.Refusal(Finding.Refuse("invalid_post_type", "content-type", "§2", $"{call.Method} came as {call.ContentType ?? "(none)"}."));
    }

    private Outcome OpenConnection(CallSeen call)
    {
        var token = call.Authorization?.StartsWith(Bearer, StringComparison.Ordinal) == true ? call.Authorization[Bearer.Length..] : "";
        if (token == _sockets.AppToken)
        {
            return EnforcesLimits && _limits.Take(call.Method, "app", SlackTier.Three) is { } wait
                ? Outcome.Limited(wait)
                : Outcome.Ok(new() { ["url"] = _sockets.NewUrl() });
        }

        var isBot = token.StartsWith("xoxb-", StringComparison.Ordinal);
        return Outcome.Fail(isBot ? "not_allowed_token_type" : token.Length == 0 ? "not_authed" : "invalid_auth");
    }

    private Outcome Unknown(CallSeen call) => _state.Refusal(Finding.Refuse("unknown_method", "method-unknown", "§2", $"There is no method {call.Method}."))!;
}
