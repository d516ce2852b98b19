using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeTeams;

/// <summary>
/// What one person does in Teams. Each act shows in the conversation first and is then brought to the bot. A person can only press, rate or edit what is shown;
/// for what a client would never send, build an activity with <see cref="Shape"/> or <see cref="InvokeAsync"/>.
/// </summary>
public sealed class TeamsPerson
{
    private readonly TeamsClient _client;
    private readonly FakeConnector _connector;
    private readonly InboundActivity _inbound;

    internal TeamsPerson(TeamsClient client, FakeConnector connector, TeamsUser user)
    {
        (_client, _connector, User) = (client, connector, user);
        _inbound = new(connector, user);
    }

    public TeamsUser User { get; }

    /// <summary>The personal chat with the bot.</summary>
    public TeamsConversation Chat => _connector.AddPersonalChat(User);

    /// <summary>Changes each activity before it is shown and delivered, e.g. to add a quoted reply or to take an id away.</summary>
    public Action<JsonObject>? Shape { get; set; }

    /// <summary>A message in the personal chat.</summary>
    public Task<Delivery> SayAsync(string text, CancellationToken cancellationToken = default) => SayAsync(Chat, text, isMention: false, cancellationToken);

    /// <summary>
    /// A message in a chat or a thread, or a new post in a channel. Without a mention the bot gets it only under resource-specific consent (facts §2.3).
    /// </summary>
    /// <param name="isMention">Puts the bot's mention before the text, unless the text has one.</param>
    public Task<Delivery> SayAsync(TeamsConversation conversation, string text, bool isMention = true, CancellationToken cancellationToken = default)
    {
        var bot = $"<at>{_connector.BotName}</at>";
        var full = isMention && conversation.Kind != ConversationKind.Personal && !text.Contains(bot, StringComparison.Ordinal) ? $"{bot} {text}" : text;
        return PostAsync(conversation, (home, id) => _inbound.Message(home, "message", id, full), cancellationToken);
    }

    /// <summary>A reply in the thread of a channel message, whoever wrote that.</summary>
    public Task<Delivery> ReplyAsync(string messageId, string text, bool isMention = true, CancellationToken cancellationToken = default) =>
        SayAsync(ConversationOf(messageId), text, isMention, cancellationToken);

    /// <summary>Text and files, as a client attaches them.</summary>
    public Task<Delivery> AttachAsync(string text, JsonArray attachments, CancellationToken cancellationToken = default) => PostAsync(
        Chat,
        (home, id) =>
        {
            var activity = _inbound.Message(home, "message", id, text);
            activity["attachments"] = attachments.DeepClone();
            return activity;
        },
        cancellationToken);

    public Task<Delivery> EditAsync(string messageId, string text, CancellationToken cancellationToken = default) =>
        ChangeAsync(messageId, "messageUpdate", "editMessage", text, isDeleted: false, cancellationToken);

    public Task<Delivery> DeleteAsync(string messageId, CancellationToken cancellationToken = default) =>
        ChangeAsync(messageId, "messageDelete", "softDeleteMessage", null, isDeleted: true, cancellationToken);

    public Task<Delivery> UndeleteAsync(string messageId, CancellationToken cancellationToken = default) =>
        ChangeAsync(messageId, "messageUpdate", "undeleteMessage", Shown(messageId).Text, isDeleted: false, cancellationToken);

    /// <summary>An emoji on a message; these are not the thumbs of the feedback (facts §2.2).</summary>
    public Task<Delivery> ReactAsync(string messageId, string type = "like", bool isRemoved = false, CancellationToken cancellationToken = default)
    {
        var activity = _inbound.Envelope(ConversationOf(messageId), "messageReaction");
        activity[isRemoved ? "reactionsRemoved" : "reactionsAdded"] = new JsonArray(new JsonObject { ["type"] = type });
        activity["replyToId"] = messageId;
        return DeliverAsync(activity, cancellationToken);
    }

    /// <summary>Installs the app: installationUpdate and conversationUpdate at once, the personal one naming person and bot (facts §2.2).</summary>
    public async Task<IReadOnlyList<Delivery>> InstallAsync(TeamsConversation? conversation = null, CancellationToken cancellationToken = default)
    {
        var home = conversation ?? Chat;
        _connector.SetInstalled(home, true);
        string[] added = home.Kind == ConversationKind.Personal ? [User.Id, _connector.BotId] : [_connector.BotId];
        return await Task.WhenAll(DeliverAsync(Installation(home, "add"), cancellationToken), DeliverAsync(Membership(home, "membersAdded", added), cancellationToken));
    }

    /// <summary>Removes the app: the bot is told, and may no longer write.</summary>
    public async Task<IReadOnlyList<Delivery>> UninstallAsync(TeamsConversation? conversation = null, CancellationToken cancellationToken = default)
    {
        var home = conversation ?? Chat;
        _connector.SetInstalled(home, false);
        var removal = DeliverAsync(Installation(home, "remove"), cancellationToken);
        return home.Kind == ConversationKind.Personal
            ? [await removal]
            : await Task.WhenAll(removal, DeliverAsync(Membership(home, "membersRemoved", _connector.BotId), cancellationToken));
    }

    public Task<Delivery> AddMemberAsync(TeamsConversation conversation, TeamsUser member, CancellationToken cancellationToken = default)
    {
        _connector.SetMembers(conversation, conversation.Members.Append(member));
        return DeliverAsync(Membership(conversation, "membersAdded", member.Id), cancellationToken);
    }

    public Task<Delivery> RemoveMemberAsync(TeamsConversation conversation, TeamsUser member, CancellationToken cancellationToken = default)
    {
        _connector.SetMembers(conversation, conversation.Members.Where(one => one.Id != member.Id));
        return DeliverAsync(Membership(conversation, "membersRemoved", member.Id), cancellationToken);
    }

    /// <summary>Presses an Action.Execute of a shown card, found by its verb or title: <c>adaptiveCard/action</c>.</summary>
    /// <param name="inputs">What was typed into the card, merged over the action's data.</param>
    public Task<Delivery> PressAsync(string messageId, string action, JsonObject? inputs = null, CancellationToken cancellationToken = default)
    {
        var pressed = ShownAction(messageId, "Action.Execute", action);
        var json = new JsonObject { ["type"] = "Action.Execute", ["verb"] = pressed.Text("verb"), ["data"] = Merged(pressed, inputs) };
        foreach (var name in new[] { "id", "title" })
        {
            if (pressed.Text(name) is { } text)
            {
                json[name] = text;
            }
        }

        return InvokeAsync(ConversationOf(messageId), "adaptiveCard/action", new JsonObject { ["action"] = json, ["trigger"] = "manual" }, messageId, cancellationToken);
    }

    /// <summary>Presses an Action.Submit (a fallback too), found by its title: a message with a value and no text, or <c>task/fetch</c> where its data says so.</summary>
    public Task<Delivery> SubmitAsync(string messageId, string title, JsonObject? inputs = null, CancellationToken cancellationToken = default)
    {
        var pressed = ShownAction(messageId, "Action.Submit", title);
        var conversation = ConversationOf(messageId);
        var value = Merged(pressed, inputs);
        if (pressed.Get("data").Get("msteams").Text("type") == "task/fetch")
        {
            return FetchTaskAsync(conversation, value, messageId, cancellationToken);
        }

        var activity = _inbound.Envelope(conversation, "message");
        activity["value"] = value;
        activity["replyToId"] = messageId;
        return DeliverAsync(activity, cancellationToken);
    }

    /// <summary>A thumb under an answer that asked for it: <c>message/submitAction</c>.</summary>
    /// <param name="feedback">What was typed; Teams wraps it into JSON text.</param>
    /// <param name="isRaw">Sends the text as it is and leaves the message unnamed, as the Playground does (facts §3.2).</param>
    public Task<Delivery> RateAsync(string messageId, string reaction, string feedback = "", bool isRaw = false, CancellationToken cancellationToken = default)
    {
        RequireFeedback(messageId, "default");
        var typed = isRaw ? feedback : new JsonObject { ["feedbackText"] = feedback }.ToJsonString();
        return SubmitFeedbackAsync(messageId, reaction, typed, isRaw ? null : messageId, cancellationToken);
    }

    /// <summary>Asks for the form of a custom feedback loop: <c>message/fetchTask</c>.</summary>
    /// <param name="isNested">The shape with <c>data</c> around it; both are seen (facts §2.4).</param>
    public Task<Delivery> FetchFeedbackFormAsync(string messageId, string reaction, bool isNested = false, CancellationToken cancellationToken = default)
    {
        RequireFeedback(messageId, "custom");
        var value = new JsonObject { ["actionName"] = "feedback", ["actionValue"] = new JsonObject { ["reaction"] = reaction } };
        return InvokeAsync(ConversationOf(messageId), "message/fetchTask", isNested ? new JsonObject { ["data"] = value } : value, messageId, cancellationToken);
    }

    /// <summary>Sends the form of a custom feedback loop: the feedback is the JSON text of its data.</summary>
    public Task<Delivery> SubmitFeedbackFormAsync(string messageId, string reaction, JsonObject data, CancellationToken cancellationToken = default)
    {
        RequireFeedback(messageId, "custom");
        return SubmitFeedbackAsync(messageId, reaction, data.ToJsonString(), messageId, cancellationToken);
    }

    /// <summary>Searches with the message extension.</summary>
    /// <param name="query">Null for the first run, before anything is typed.</param>
    public Task<Delivery> SearchAsync(
        TeamsConversation conversation, string commandId, string parameter, string? query, int skip = 0, int count = 25, CancellationToken cancellationToken = default)
    {
        var asked = new JsonObject { ["name"] = query is null ? "initialRun" : parameter, ["value"] = query ?? "true" };
        var value = new JsonObject
        {
            ["commandId"] = commandId,
            ["parameters"] = new JsonArray(asked),
            ["queryOptions"] = new JsonObject { ["skip"] = skip, ["count"] = count },
        };
        return InvokeAsync(conversation, "composeExtension/query", value, null, cancellationToken);
    }

    /// <summary>Opens a dialog: <c>task/fetch</c>.</summary>
    public Task<Delivery> FetchTaskAsync(TeamsConversation conversation, JsonObject data, string? messageId = null, CancellationToken cancellationToken = default) =>
        InvokeAsync(conversation, "task/fetch", Dialog(data), messageId, cancellationToken);

    /// <summary>Sends a dialog: <c>task/submit</c>.</summary>
    public Task<Delivery> SubmitTaskAsync(TeamsConversation conversation, JsonObject data, string? messageId = null, CancellationToken cancellationToken = default) =>
        InvokeAsync(conversation, "task/submit", Dialog(data), messageId, cancellationToken);

    /// <summary>Any invoke, also one that no client would send.</summary>
    public Task<Delivery> InvokeAsync(TeamsConversation conversation, string name, JsonNode? value, string? replyToId = null, CancellationToken cancellationToken = default) =>
        DeliverAsync(_inbound.Invoke(conversation, name, value, replyToId), cancellationToken);

    private async Task<Delivery> PostAsync(TeamsConversation conversation, Func<TeamsConversation, string, JsonObject> build, CancellationToken cancellationToken)
    {
        JsonObject? activity = null;
        _connector.PostByPerson(conversation, User, (id, homeId) =>
        {
            activity = Shaped(build(_connector.FindConversation(homeId)!, id));
            return InboundActivity.Frozen(activity);
        });

        // PostByPerson called back.
        return await _client.DeliverAsync(activity!, cancellationToken);
    }

    /// <summary>The activity keeps the message's id and has a timestamp of its own.</summary>
    private Task<Delivery> ChangeAsync(string messageId, string type, string eventType, string? text, bool isDeleted, CancellationToken cancellationToken)
    {
        if (Shown(messageId) is not { } shown || shown.AuthorId != User.Id)
        {
            throw new InvalidOperationException($"Message {messageId} is not {User.Name}'s.");
        }

        var conversation = ConversationOf(messageId);
        var activity = text is null ? _inbound.Envelope(conversation, type, messageId) : _inbound.Message(conversation, type, messageId, text);
        activity["channelData"]!["eventType"] = eventType;
        var shaped = Shaped(activity);
        _connector.ChangeByPerson(messageId, text is null ? null : InboundActivity.Frozen(shaped), isDeleted);
        return _client.DeliverAsync(shaped, cancellationToken);
    }

    private Task<Delivery> SubmitFeedbackAsync(string messageId, string reaction, string feedback, string? replyToId, CancellationToken cancellationToken)
    {
        var value = new JsonObject { ["actionName"] = "feedback", ["actionValue"] = new JsonObject { ["reaction"] = reaction, ["feedback"] = feedback } };
        return InvokeAsync(ConversationOf(messageId), "message/submitAction", value, replyToId, cancellationToken);
    }

    private JsonObject Installation(TeamsConversation conversation, string action)
    {
        var activity = _inbound.Envelope(conversation, "installationUpdate", isNamed: false);
        activity["action"] = action;
        return activity;
    }

    private JsonObject Membership(TeamsConversation conversation, string property, params string[] ids)
    {
        var activity = _inbound.Envelope(conversation, "conversationUpdate", isNamed: false);
        activity[property] = new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id })]);
        if (conversation.Kind == ConversationKind.Channel)
        {
            activity["channelData"]!["eventType"] = property == "membersAdded" ? "teamMemberAdded" : "teamMemberRemoved";
        }

        return activity;
    }

    private Task<Delivery> DeliverAsync(JsonObject activity, CancellationToken cancellationToken) => _client.DeliverAsync(Shaped(activity), cancellationToken);

    private JsonObject Shaped(JsonObject activity)
    {
        Shape?.Invoke(activity);
        return activity;
    }

    private ShownMessage Shown(string messageId) => _connector.FindMessage(messageId) ?? throw new InvalidOperationException($"There is no message {messageId}.");

    private TeamsConversation ConversationOf(string messageId) => _connector.FindConversation(Shown(messageId).ConversationId)!;

    private JsonElement ShownAction(string messageId, string type, string action)
    {
        var shown = Shown(messageId);
        var actions = shown.Cards.SelectMany(CardRules.Elements).Where(element => element.Text("type") == type);
        return actions.Where(one => one.Text("verb") == action || one.Text("title") == action).Select(one => (JsonElement?)one).FirstOrDefault()
            ?? throw new InvalidOperationException($"Message {messageId} shows no {type} \"{action}\".");
    }

    private void RequireFeedback(string messageId, string type)
    {
        if (Shown(messageId).Current.Get("channelData").Get("feedbackLoop").Text("type") != type)
        {
            throw new InvalidOperationException($"Message {messageId} asks for no {type} feedback.");
        }
    }

    private static JsonObject Dialog(JsonObject data) => new() { ["data"] = data.DeepClone(), ["context"] = new JsonObject { ["theme"] = "default" } };

    private static JsonObject Merged(JsonElement action, JsonObject? inputs)
    {
        var merged = action.Get("data") is { ValueKind: JsonValueKind.Object } data ? JsonObject.Create(data)! : [];
        foreach (var (name, value) in inputs ?? [])
        {
            merged[name] = value?.DeepClone();
        }

        return (JsonObject)merged.DeepClone();
    }
}
