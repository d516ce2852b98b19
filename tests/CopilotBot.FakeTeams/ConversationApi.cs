using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>Sending, updating, deleting and creating (facts §1.8); called under the connector's lock.</summary>
internal sealed class ConversationApi(TimeProvider time, TeamsDirectory directory, StreamBook streams, ViolationLog violations, string botId, string tenantId)
{
    private readonly RateWindows _sends = new(time, RateWindows.Sends);

    public Outcome Send(string conversationId, CallSeen call)
    {
        if (Enter(conversationId, out var conversation) is { } closed)
        {
            return closed;
        }

        if (call.Json is not { ValueKind: JsonValueKind.Object } activity)
        {
            return Refuse(Finding.BadSyntax("body", "§1.7", "The body is not the JSON of an activity."));
        }

        var info = StreamBook.InfoOf(activity);
        if (violations.AddAll(ActivityRules.Check(activity, info is not null)) is { } refused)
        {
            return Outcome.Of(refused);
        }

        if (info is { } stream)
        {
            return SendStreamed(conversation, activity, stream, call.Body);
        }

        return activity.Text("type") == "typing" ? new(202, new { }) : Post(conversation, activity);
    }

    public Outcome Update(string conversationId, string id, CallSeen call)
    {
        if (Enter(conversationId, out var conversation) is { } closed)
        {
            return closed;
        }

        if (call.Json is not { ValueKind: JsonValueKind.Object } activity)
        {
            return Refuse(Finding.BadSyntax("body", "§1.7", "The body is not the JSON of an activity."));
        }

        if (FindOwn(conversation, id, out var message) is { } foreign)
        {
            return foreign;
        }

        if (violations.AddAll(ActivityRules.Check(activity, false)) is { } refused)
        {
            return Outcome.Of(refused);
        }

        if (activity.Text("type") != "message" || StreamBook.InfoOf(activity) is not null)
        {
            return Refuse(Finding.BadSyntax("update-type", "§3.3", "An update is a message without streaminfo."));
        }

        if (message.Stream is { } stream && (stream.IsCancelled ? StreamBook.Cancelled() : streams.IsOver(stream) ? null : StreamBook.StillOpen()) is { } early)
        {
            return Refuse(early);
        }

        message.Stream?.IsClosed = true;
        message.Show(activity, time.GetUtcNow());
        return new(200, new { id });
    }

    public Outcome Delete(string conversationId, string id)
    {
        if (Enter(conversationId, out var conversation) is { } closed)
        {
            return closed;
        }

        if (FindOwn(conversation, id, out var message) is { } foreign)
        {
            return foreign;
        }

        message.IsDeleted = true;
        message.Stream?.IsClosed = true;
        return new(200);
    }

    /// <summary>Two shapes only: a personal chat, and a post in a channel (facts §2.5).</summary>
    public Outcome Create(CallSeen call)
    {
        if (call.Json is not { ValueKind: JsonValueKind.Object } body)
        {
            return Refuse(Finding.BadSyntax("body", "§1.7", "The body is not JSON."));
        }

        if ((body.Text("tenantId") ?? body.Get("channelData").Get("tenant").Text("id")) != tenantId)
        {
            return Refuse(Finding.BadSyntax("create-tenant", "§2.5", "tenantId is missing or of another tenant."));
        }

        var channel = body.Get("channelData").Get("channel").Text("id");
        return (body.Flag("isGroup"), channel) switch
        {
            (true, not null) => CreatePost(channel, body.Get("activity")),
            (true, null) => Refuse(Finding.BadSyntax("create-group", "§2.5", "Group chats cannot be created.")),
            _ => CreatePersonal(body.List("members")),
        };
    }

    private Outcome CreatePersonal(IReadOnlyList<JsonElement> members)
    {
        if (members is not [var member])
        {
            return Refuse(Finding.BadSyntax("create-members", "§2.5", $"A personal chat has one member, not {members.Count}."));
        }

        if (directory.FindUser(member.Text("id") ?? "") is not { } user)
        {
            return Refuse(Finding.Refuse("create-members", "§2.5", 400, "BadArgument", "The member is unknown to this bot."));
        }

        return directory.HasApp(user) ? new(201, new { id = directory.PersonalChat(user).Id }) : NotInstalled();
    }

    private Outcome CreatePost(string channelId, JsonElement? activity)
    {
        if (Enter(channelId, out var channel) is { } closed)
        {
            return closed;
        }

        if (channel is not { Kind: ConversationKind.Channel, RootId: null } || activity is not { ValueKind: JsonValueKind.Object } post || post.Text("type") != "message")
        {
            return Refuse(Finding.BadSyntax("create-post", "§2.5", "A channel post needs a channel and a message as activity."));
        }

        if (violations.AddAll(ActivityRules.Check(post, false)) is { } refused)
        {
            return Outcome.Of(refused);
        }

        var first = Show(channel, post)[0];
        return new(201, new { id = first.ConversationId, activityId = first.Id });
    }

    private Outcome Post(TeamsConversation conversation, JsonElement activity)
    {
        var shown = Show(conversation, activity);
        return shown is [var only] ? new(201, new { id = only.Id }) : new(201, new { });
    }

    /// <summary>Text with attachments is shown as two messages (facts §2.6).</summary>
    private List<MessageState> Show(TeamsConversation conversation, JsonElement activity)
    {
        var isSplit = !string.IsNullOrEmpty(activity.Text("text")) && activity.List("attachments").Count > 0;
        List<MessageState> shown = [];
        foreach (var part in isSplit ? new[] { Without(activity, "attachments"), Without(activity, "text") } : [activity])
        {
            var message = directory.Post(conversation, botId, isBot: true);
            message.Show(part, time.GetUtcNow());
            shown.Add(message);
        }

        return shown;
    }

    private Outcome SendStreamed(TeamsConversation conversation, JsonElement activity, JsonElement info, string body)
    {
        if (streams.Judge(conversation, activity, info, body, out var isViolation) is { } finding)
        {
            if (isViolation)
            {
                violations.Add(finding.Violation);
            }

            return Outcome.Of(finding);
        }

        if (info.Text("streamId") is not { } id)
        {
            var begun = streams.Begin(directory.NextMessageId(), conversation, activity, info, body);
            directory.Post(conversation, botId, isBot: true, begun);
            return new(201, new { id = begun.Id });
        }

        // Judge let it through, so the stream and its message are there.
        var stream = streams.Find(id)!;
        if (activity.Text("type") == "typing")
        {
            streams.Continue(stream, activity, info, body);
            return new(202, new { });
        }

        streams.Finish(stream, body);
        directory.FindMessage(id)!.Show(activity, time.GetUtcNow());
        return new(202, new { });
    }

    /// <summary>Null where the bot may write into the conversation and has not done so too often.</summary>
    private Outcome? Enter(string conversationId, out TeamsConversation conversation)
    {
        conversation = directory.Find(conversationId)!;
        if (conversation is null)
        {
            return Refuse(Finding.Refuse("conversation-unknown", "§1.7", 404, "ConversationNotFound", $"Conversation {conversationId} not found."));
        }

        if (!directory.HasApp(conversation))
        {
            return conversation.Kind == ConversationKind.Personal ? NotInstalled() : Outcome.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        }

        if (conversation.Whole.IsBlocked)
        {
            return Outcome.Error(403, "MessageWritesBlocked", "Message writes are blocked in this conversation.");
        }

        if (_sends.Take(conversation.Whole.Id) is { } full)
        {
            var finding = Finding.Refuse("send-rate", "§2.6", 429, "TooManyRequests", $"More than {full.Calls} sends in {full.Window.TotalSeconds} s in one conversation.");
            violations.Add(finding.Violation);
            return Outcome.Error(429, finding.Code, finding.Violation.Detail, full.Wait);
        }

        return null;
    }

    private Outcome? FindOwn(TeamsConversation conversation, string id, out MessageState message)
    {
        message = conversation.Posted.Find(posted => posted.Id == id && !posted.IsDeleted && (posted.ConversationId == conversation.Id || conversation is { Kind: ConversationKind.Channel, RootId: null }))!;
        if (message is null)
        {
            return Refuse(Finding.Refuse("activity-unknown", "§1.7", 404, "ActivityNotFoundInConversation", $"There is no activity {id} in the conversation."));
        }

        return message.IsBot ? null : Refuse(Finding.Refuse("activity-foreign", "§1.7", 403, "Forbidden", "The message is of another author."));
    }

    private Outcome Refuse(Finding finding)
    {
        violations.Add(finding.Violation);
        return Outcome.Of(finding);
    }

    private static Outcome NotInstalled() => Outcome.Error(403, "ForbiddenOperationException", "The app is not installed for this person.");

    private static JsonElement Without(JsonElement activity, string property) =>
        JsonSerializer.SerializeToElement(activity.EnumerateObject().Where(member => member.Name != property).ToDictionary(member => member.Name, member => member.Value));
}
