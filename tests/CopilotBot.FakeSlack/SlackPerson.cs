using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>
/// What one person does in Slack. Each act shows in the channel first and is then brought to the bot. A person can only press, edit or delete what is shown; for what a
/// client would never send, see <see cref="Shape"/> and <see cref="SlackPlatform.SendAsync"/>.
/// </summary>
public sealed class SlackPerson
{
    private readonly SlackPlatform _slack;
    private readonly Interactions _interactions;

    internal SlackPerson(SlackPlatform slack, SlackUser user) => (_slack, User, _interactions) = (slack, user, new(slack, user));

    public SlackUser User { get; }

    /// <summary>The direct conversation with the bot.</summary>
    public SlackChannel Direct => _slack.Direct(User);

    /// <summary>Changes each inner event, form or interaction before it is delivered.</summary>
    public Action<JsonObject>? Shape { get; set; }

    /// <summary>A message to the bot.</summary>
    public Task<SlackDelivery> SayAsync(string text, CancellationToken cancellationToken = default) => PostAsync(Direct, text, null, cancellationToken);

    /// <summary>A new message in a channel, with the bot's mention before it unless <paramref name="mention"/> is false or the text has one.</summary>
    public Task<SlackDelivery> SayAsync(SlackChannel channel, string text, bool mention = true, CancellationToken cancellationToken = default) =>
        PostAsync(channel, Mentioned(channel, text, mention), null, cancellationToken);

    /// <summary>A reply in a thread; <paramref name="threadTs"/> may also name a reply of it.</summary>
    public Task<SlackDelivery> ReplyAsync(SlackChannel channel, string threadTs, string text, bool mention = true, CancellationToken cancellationToken = default) =>
        PostAsync(channel, Mentioned(channel, text, mention), Find(channel, threadTs).ThreadTs ?? threadTs, cancellationToken);

    /// <summary>Changes an own message.</summary>
    public Task<SlackDelivery> EditAsync(SlackChannel channel, string ts, string text, CancellationToken cancellationToken = default) => ChangeAsync(
        channel,
        ts,
        message => message.Versions.Add(new(Escaped(Mentioned(channel, text, message.Current!.Text.Contains(Mention(channel), StringComparison.Ordinal))), null, [], _slack.Time.GetUtcNow())), // people's messages have a text
        cancellationToken);

    /// <summary>Slack adds previews to a message: it changes, its text does not (facts §4.1).</summary>
    public Task<SlackDelivery> UnfurlAsync(SlackChannel channel, string ts, CancellationToken cancellationToken = default) => ChangeAsync(channel, ts, _ => { }, cancellationToken);

    /// <summary>Deletes a message; a parent with replies becomes a tombstone.</summary>
    public Task<SlackDelivery> DeleteAsync(SlackChannel channel, string ts, CancellationToken cancellationToken = default)
    {
        var message = Find(channel, ts);
        var inner = _slack.Change(() =>
        {
            var before = Json(message);
            SlackDirectory.Delete(message);
            if (message.IsTombstone)
            {
                return _slack.Envelopes.Changed(message, before);
            }

            return _slack.Envelopes.Deleted(message);
        });
        return SendAsync(channel, ts, message.ThreadTs, [inner], cancellationToken);
    }

    /// <summary>A slash command; those cannot be given in threads (facts §1.4).</summary>
    public async Task<SlackDelivery> CommandAsync(SlackChannel channel, string command, string text, CancellationToken cancellationToken = default)
    {
        var responseId = _slack.NewResponseId(channel, User.Id, null, null);
        var sent = await SendAsync(SlackPayloadKind.Command, _interactions.Command(channel, command, text, _slack.ResponseUrlOf(responseId)), cancellationToken);
        if (sent.Attempts[0].Status == 200)
        {
            _slack.Acknowledge(responseId, sent.Attempts[0]);
        }

        return new(channel.Id, "", null, [sent]);
    }

    /// <summary>Presses a button of a message that this person sees.</summary>
    /// <param name="isNegative">Of feedback_buttons: the thumb down.</param>
    public async Task<SlackDelivery> PressAsync(ShownMessage message, string actionId, bool isNegative = false, CancellationToken cancellationToken = default)
    {
        var matching = message.Buttons.Where(one => one.ActionId == actionId).ToList();
        var button = matching.Skip(isNegative ? 1 : 0).FirstOrDefault() ?? throw new ArgumentException($"The message has no {actionId} to press.", nameof(actionId));
        var channel = _slack.FindChannel(message.ChannelId)!; // messages are shown in channels
        var state = Original(channel, message.Ts);
        var responseId = _slack.NewResponseId(channel, User.Id, state.ThreadTs, state);
        var payload = _slack.Change(() => _interactions.Pressed(state, button, _slack.ResponseUrlOf(responseId)));
        return new(channel.Id, message.Ts, message.ThreadTs, [await SendAsync(SlackPayloadKind.Interaction, payload, cancellationToken)]);
    }

    /// <summary>Chooses from the menu beside a section of a message that this person sees.</summary>
    /// <param name="value">Of the option.</param>
    public async Task<SlackDelivery> ChooseAsync(ShownMessage message, string actionId, string value, CancellationToken cancellationToken = default)
    {
        var block = message.Blocks.FirstOrDefault(one => one.Get("accessory").Text("action_id") == actionId);
        var channel = _slack.FindChannel(message.ChannelId)!; // messages are shown in channels
        var state = Original(channel, message.Ts);
        var responseId = _slack.NewResponseId(channel, User.Id, state.ThreadTs, state);
        var payload = _slack.Change(() => _interactions.Chosen(state, block, value, _slack.ResponseUrlOf(responseId)));
        return new(channel.Id, message.Ts, message.ThreadTs, [await SendAsync(SlackPayloadKind.Interaction, payload, cancellationToken)]);
    }

    /// <summary>Presses a thumb of the feedback_buttons under a message.</summary>
    public Task<SlackDelivery> VoteAsync(ShownMessage message, bool isUp, CancellationToken cancellationToken = default) =>
        PressAsync(message, message.Buttons.First(button => button.Type == "feedback_buttons").ActionId, !isUp, cancellationToken);

    /// <summary>Presses a button in a modal or in the App Home.</summary>
    public async Task<SlackDelivery> PressAsync(ShownView view, string actionId, CancellationToken cancellationToken = default)
    {
        var button = view.Buttons.FirstOrDefault(one => one.ActionId == actionId) ?? throw new ArgumentException($"The view has no {actionId} to press.", nameof(actionId));
        return new("", "", null, [await SendAsync(SlackPayloadKind.Interaction, _slack.Change(() => _interactions.Pressed(view, button)), cancellationToken)]);
    }

    /// <summary>A shortcut of the message menu, on anybody's message; the bot need not be in the channel (facts §1.5).</summary>
    public async Task<SlackDelivery> ShortcutAsync(string callbackId, SlackChannel channel, string ts, CancellationToken cancellationToken = default)
    {
        var message = Find(channel, ts);
        var responseId = _slack.NewResponseId(channel, User.Id, message.ThreadTs, null);
        var payload = _slack.Change(() => _interactions.MessageAction(message, callbackId, _slack.ResponseUrlOf(responseId)));
        return new(channel.Id, ts, message.ThreadTs, [await SendAsync(SlackPayloadKind.Interaction, payload, cancellationToken)]);
    }

    /// <summary>A global shortcut, which comes from no channel (facts §1.5).</summary>
    public async Task<SlackDelivery> ShortcutAsync(string callbackId, CancellationToken cancellationToken = default) =>
        new("", "", null, [await SendAsync(SlackPayloadKind.Interaction, _interactions.Shortcut(callbackId), cancellationToken)]);

    /// <summary>Fills in and submits an open modal; what it is answered with is shown (facts §1.5).</summary>
    /// <param name="values">By action_id: the text, or the value of the option.</param>
    public async Task<SlackDelivery> SubmitViewAsync(ShownView view, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken = default)
    {
        var sent = await SendAsync(SlackPayloadKind.Interaction, _slack.Change(() => _interactions.Submission(view, values)), cancellationToken);
        var attempt = sent.Attempts[0];
        if (attempt.Status == 200)
        {
            Follow(view, attempt.Body);
        }

        return new("", "", null, [sent]);
    }

    /// <summary>Closes a modal; the bot hears of it where the view has notify_on_close.</summary>
    public async Task<SlackDelivery> CloseViewAsync(ShownView view, CancellationToken cancellationToken = default)
    {
        _slack.Change(() => { _slack.Views.Close(view.Id); return view; });
        return new("", "", null, view.View.Flag("notify_on_close") == true ? [await SendAsync(SlackPayloadKind.Interaction, _slack.Change(() => _interactions.Closed(view)), cancellationToken)] : []);
    }

    /// <param name="tab">messages or home.</param>
    public Task<SlackDelivery> OpenHomeAsync(string tab = "messages", CancellationToken cancellationToken = default) =>
        SendAsync(Direct, "", null, [new JsonObject { ["type"] = "app_home_opened", ["user"] = User.Id, ["channel"] = Direct.Id, ["tab"] = tab }], cancellationToken);

    /// <summary>Looks at something else in Slack while the bot is open beside it (facts §4.1).</summary>
    public Task<SlackDelivery> LookAtAsync(SlackChannel? channel, CancellationToken cancellationToken = default)
    {
        var context = channel is null ? [] : new JsonObject { ["entities"] = new JsonArray(new JsonObject { ["type"] = "slack#/types/channel_id", ["value"] = channel.Id, ["team_id"] = channel.Workspace.TeamId }) };
        return SendAsync(Direct, "", null, [new JsonObject { ["type"] = "app_context_changed", ["user"] = User.Id, ["channel"] = Direct.Id, ["context"] = context }], cancellationToken);
    }

    /// <summary>Presses stop: the open streams of the thread end at once, and the bot is told (facts §4.1).</summary>
    public Task<SlackDelivery> StopAsync(SlackChannel channel, string threadTs, CancellationToken cancellationToken = default)
    {
        var stopped = _slack.Change(() =>
        {
            var open = channel.Posted.Where(message => message.ThreadTs == threadTs && message.Stream?.Shown(_slack.Time.GetUtcNow()) == ShownStream.Open).ToList();
            open.ForEach(message => message.Stream!.IsStoppedByUser = true); // open streams only
            return open.Select(message => (JsonNode)message.Ts).ToArray();
        });
        var inner = new JsonObject { ["type"] = "agent_session_stopped", ["channel"] = channel.Id, ["user"] = User.Id, ["thread_ts"] = threadTs, ["streaming_message_ts"] = new JsonArray(stopped) };
        return SendAsync(channel, "", threadTs, [inner], cancellationToken);
    }

    private static string Mention(SlackChannel channel) => $"<@{channel.Workspace.BotUserId}>";

    private static string Mentioned(SlackChannel channel, string text, bool mention) =>
        mention && channel.Kind != SlackChannelKind.Direct && !text.Contains(Mention(channel), StringComparison.Ordinal) ? $"{Mention(channel)} {text}" : text;

    private Task<SlackDelivery> PostAsync(SlackChannel channel, string text, string? threadTs, CancellationToken cancellationToken)
    {
        var (message, inner) = _slack.Change(() =>
        {
            var posted = _slack.Directory.Post(channel, User.Id, isBot: false, threadTs, new(Escaped(text), null, [], _slack.Time.GetUtcNow()));
            List<JsonObject> events = [_slack.Envelopes.Message(posted)];
            if (channel.Kind is not SlackChannelKind.Direct && text.Contains(Mention(channel), StringComparison.Ordinal))
            {
                events.Insert(_slack.MentionOrder == MentionOrder.MessageFirst ? 1 : 0, _slack.Envelopes.Mention(posted));
            }

            if (channel.HasBot)
            {
                _slack.SendThreadCounter(posted, isNew: true);
            }

            return (posted, events);
        });
        return SendAsync(channel, message.Ts, threadTs, inner, cancellationToken);
    }

    private Task<SlackDelivery> ChangeAsync(SlackChannel channel, string ts, Action<MessageState> change, CancellationToken cancellationToken)
    {
        var message = Find(channel, ts);
        var inner = _slack.Change(() =>
        {
            var before = Json(message);
            change(message);
            return _slack.Envelopes.Changed(message, before);
        });
        return SendAsync(channel, ts, message.ThreadTs, [inner], cancellationToken);
    }

    /// <summary>The bot hears of a channel that it is in, and only while the app is installed.</summary>
    private Task<SlackDelivery> SendAsync(SlackChannel channel, string ts, string? threadTs, IReadOnlyList<JsonObject> inner, CancellationToken cancellationToken)
    {
        foreach (var one in inner)
        {
            Shape?.Invoke(one);
        }

        return channel.HasBot && channel.Workspace.IsInstalled
            ? _slack.SendEventsAsync(channel.Workspace, channel, ts, threadTs, inner, cancellationToken)
            : Task.FromResult(new SlackDelivery(channel.Id, ts, threadTs, []));
    }

    private Task<SentPayload> SendAsync(SlackPayloadKind kind, JsonObject payload, CancellationToken cancellationToken)
    {
        Shape?.Invoke(payload);
        return _slack.SendOneAsync(kind, payload, cancellationToken);
    }

    private void Follow(ShownView view, string body)
    {
        if (body.Length == 0)
        {
            _slack.Change(() => { _slack.Views.Close(view.Id); return view; });
            return;
        }

        var answer = JsonReading.Parse(body) ?? default;
        var action = answer.Text("response_action");
        _slack.Change(() =>
        {
            switch (action)
            {
                case "errors" when answer.Get("errors") is { ValueKind: JsonValueKind.Object } errors && errors.EnumerateObject().Any():
                    break;
                case "update" or "push" when answer.Get("view") is { ValueKind: JsonValueKind.Object } shown:
                    _slack.Views.ShowAnswer(view, action, shown);
                    break;
                case "clear":
                    _slack.Views.CloseAll(User.Id);
                    break;
                default:
                    _slack.Record("view-ack", "§1.5", $"A view_submission is answered with nothing or errors, update, push or clear, not {body.Shortened()}");
                    break;
            }

            return view;
        });
    }

    private MessageState Find(SlackChannel channel, string ts) => _slack.Change(() => channel.Find(ts)) ?? throw new ArgumentException($"There is no message {ts} in {channel.Id}.", nameof(ts));

    /// <summary>Also a message that only this person sees.</summary>
    private MessageState Original(SlackChannel channel, string ts) => _slack.Change(() => channel.Posted.Find(message => message.Ts == ts && (message.EphemeralTo is null || message.EphemeralTo == User.Id)))
        ?? throw new ArgumentException($"This person sees no message {ts} in {channel.Id}.", nameof(ts));

    private static JsonObject Json(MessageState message) => MessageJson.Of(message, message.Channel.Workspace.Install);

    private static string Escaped(string text) => PersonText.Escape(text);
}
