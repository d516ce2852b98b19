using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <content>What the bot is told.</content>
public sealed partial class SlackPlatform
{
    /// <summary>The app is removed: its token is dead, and the bot is told in both ways that there are (facts §7).</summary>
    public async Task<SlackDelivery> UninstallAsync(SlackWorkspace workspace, CancellationToken cancellationToken = default)
    {
        Change(() => workspace.Install.IsInstalled = false);
        var revoked = new JsonObject { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(workspace.BotUserId) } };
        var delivery = await SendEventsAsync(workspace, null, "", null, [revoked, new JsonObject { ["type"] = "app_uninstalled" }], cancellationToken);
        Change(() => workspace.Install.IsRemovalTold = delivery.IsTaken && !workspace.IsInstalled);
        return delivery;
    }

    /// <summary>Changes a person's profile and tells the bot.</summary>
    public Task<SlackDelivery> ChangeUserAsync(SlackUser user, CancellationToken cancellationToken = default)
    {
        Change(() => _directory.Add(user));
        return SendEventsAsync(WorkspaceOf(user), null, "", null, [new JsonObject { ["type"] = "user_change", ["user"] = new JsonObject { ["id"] = user.Id, ["team_id"] = user.TeamId } }], cancellationToken);
    }

    /// <summary>A person comes into the channel or leaves it.</summary>
    public Task<SlackDelivery> SetMemberAsync(SlackChannel channel, SlackUser user, bool isMember, CancellationToken cancellationToken = default)
    {
        Change(() => channel.Members = isMember ? [.. channel.Members, user] : [.. channel.Members.Where(member => member.Id != user.Id)]);
        return SendMembershipAsync(channel, user.Id, isMember, cancellationToken);
    }

    /// <summary>The bot is invited into the channel or removed from it.</summary>
    public Task<SlackDelivery> SetBotAsync(SlackChannel channel, bool isMember, CancellationToken cancellationToken = default)
    {
        channel.HasBot = isMember;
        return SendMembershipAsync(channel, channel.Workspace.BotUserId, isMember, cancellationToken);
    }

    /// <summary>Too many events: the bare notice of facts §1.3.</summary>
    public async Task<SlackDelivery> SendRateLimitedAsync(SlackWorkspace workspace, CancellationToken cancellationToken = default) =>
        new("", "", null, [await _courier.SendAsync(SlackPayloadKind.Event, _envelopes.RateLimited(workspace), cancellationToken)]);

    /// <summary>Any event, in the envelope of its workspace; <paramref name="channel"/> null where it belongs to none.</summary>
    public Task<SlackDelivery> SendEventAsync(JsonObject inner, SlackWorkspace? workspace = null, SlackChannel? channel = null, CancellationToken cancellationToken = default) =>
        SendEventsAsync(workspace ?? channel?.Workspace ?? Workspace, channel, "", null, [inner], cancellationToken);

    /// <summary>Any payload at all, as it is: unknown types, other shapes.</summary>
    public async Task<SlackDelivery> SendAsync(SlackPayloadKind kind, JsonObject payload, CancellationToken cancellationToken = default) =>
        new("", "", null, [await _courier.SendAsync(kind, payload, cancellationToken)]);

    /// <summary>The same payloads once more, as Slack does when an answer was lost or late, with the headers of a retry.</summary>
    /// <param name="retry">0 leaves the headers out, as sockets do (facts §10).</param>
    public async Task<SlackDelivery> RedeliverAsync(SlackDelivery delivery, int retry = 1, string reason = "http_timeout", CancellationToken cancellationToken = default)
    {
        List<SentPayload> again = [];
        foreach (var payload in delivery.Sent)
        {
            again.Add(payload with { Attempts = [await _courier.TryAsync(payload.Kind, payload.Payload, retry, reason, cancellationToken)] });
        }

        return delivery with { Sent = again };
    }

    /// <summary>One request whose signature may be wrong; nothing is retried or judged.</summary>
    public async Task<DeliveryAttempt> SendRawAsync(SlackPayloadKind kind, JsonObject payload, SignatureFault fault = SignatureFault.None, CancellationToken cancellationToken = default)
    {
        using var request = _courier.NewRequest(kind, payload, fault);
        return await _courier.SendAsync(request, cancellationToken);
    }

    /// <summary>One request with any body, e.g. broken JSON, signed.</summary>
    public async Task<DeliveryAttempt> SendRawAsync(string path, string body, string mediaType, SignatureFault fault = SignatureFault.None, CancellationToken cancellationToken = default)
    {
        using var request = _courier.NewRequest(path, body, mediaType, fault);
        return await _courier.SendAsync(request, cancellationToken);
    }

    /// <summary>Slack looks whether the address is the app's: the challenge must come back (facts §1.1).</summary>
    public Task<DeliveryAttempt> VerifyUrlAsync(string challenge, SignatureFault fault = SignatureFault.None, CancellationToken cancellationToken = default) =>
        SendRawAsync(SlackPayloadKind.Event, new JsonObject { ["type"] = "url_verification", ["token"] = Envelopes.VerificationToken, ["challenge"] = challenge }, fault, cancellationToken);

    /// <summary>The unsigned form that looks at the certificate (facts §1.1).</summary>
    /// <param name="smuggled">Further fields of the form, which must be ignored.</param>
    public Task<DeliveryAttempt> CheckSslAsync(string smuggled = "", CancellationToken cancellationToken = default) =>
        SendRawAsync(CommandsPath, $"ssl_check=1&token={Envelopes.VerificationToken}{(smuggled.Length > 0 ? $"&{smuggled}" : "")}", "application/x-www-form-urlencoded", SignatureFault.NoSignature, cancellationToken);

    /// <summary>Events of one act, those that the app asked for; in the order given unless they go at once.</summary>
    internal async Task<SlackDelivery> SendEventsAsync(
        SlackWorkspace workspace, SlackChannel? channel, string ts, string? threadTs, IReadOnlyList<JsonObject> inner, CancellationToken cancellationToken)
    {
        List<Task<SentPayload>> sending = [];
        foreach (var one in inner.Where(one => Envelopes.IsWanted(one, Subscriptions)))
        {
            var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sending.Add(_courier.SendAsync(SlackPayloadKind.Event, Change(() => _envelopes.Wrap(workspace, channel, one)), cancellationToken, tried));
            if (MentionOrder != MentionOrder.AtOnce)
            {
                await Task.WhenAny(tried.Task, sending[^1]);
            }
        }

        return new(channel?.Id ?? "", ts, threadTs, await Task.WhenAll(sending));
    }

    internal Task<SentPayload> SendOneAsync(SlackPayloadKind kind, JsonObject payload, CancellationToken cancellationToken) => _courier.SendAsync(kind, payload, cancellationToken);

    /// <summary>Tells the bot of something that no test waits for.</summary>
    internal void SendInBackground(SlackChannel channel, JsonObject inner)
    {
        if (_courier.Target is null && !SocketModeOn)
        {
            return;
        }

        var sending = Task.Run(async () =>
        {
            try
            {
                await SendEventsAsync(channel.Workspace, channel, "", null, [inner], _stopping.Token);
            }
            catch (OperationCanceledException)
            {
            }
        });
        lock (_gate)
        {
            _background.RemoveAll(task => task.IsCompleted);
            _background.Add(sending);
        }
    }

    /// <summary>Under the lock: Slack tells every member of a message, its author's own bot too (facts §4.1).</summary>
    private void Echo(MessageState message, EchoKind kind)
    {
        if (!EchoesBotActs || message.EphemeralTo is not null)
        {
            return;
        }

        SendInBackground(message.Channel, kind switch
        {
            EchoKind.Posted => _envelopes.Message(message),
            EchoKind.Changed => _envelopes.Changed(message, MessageJson.Of(message, message.Channel.Workspace.Install)),
            EchoKind.Deleted => _envelopes.Deleted(message),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind.ToString()),
        });
        SendThreadCounter(message, kind == EchoKind.Posted);
    }

    /// <summary>Under the lock: the parent of a reply changes, though not its text.</summary>
    internal void SendThreadCounter(MessageState message, bool isNew)
    {
        if (SendsThreadCounters && isNew && message.ThreadTs is { } thread && message.Channel.Find(thread) is { } parent)
        {
            SendInBackground(message.Channel, _envelopes.Changed(parent, MessageJson.Of(parent, message.Channel.Workspace.Install)));
        }
    }

    private Task<SlackDelivery> SendMembershipAsync(SlackChannel channel, string userId, bool isMember, CancellationToken cancellationToken) => SendEventsAsync(
        channel.Workspace, channel, "", null,
        [new JsonObject { ["type"] = isMember ? "member_joined_channel" : "member_left_channel", ["user"] = userId, ["channel"] = channel.Id, ["channel_type"] = channel.Type[..1].ToUpperInvariant(), ["team"] = channel.Workspace.TeamId }],
        cancellationToken);
}
