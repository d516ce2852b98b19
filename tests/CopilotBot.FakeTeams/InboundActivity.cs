using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeTeams;

/// <summary>Inbound activities as facts §2.1 to §2.5 describe them.</summary>
internal sealed class InboundActivity(FakeConnector connector, TeamsUser user)
{
    /// <summary>The envelope; a message brings its own id, everything else has one that no message has.</summary>
    /// <param name="isNamed">False on install and membership updates, which carry no name of the sender.</param>
    public JsonObject Envelope(TeamsConversation conversation, string type, string? id = null, bool isNamed = true)
    {
        var now = connector.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = id ?? $"f:{connector.NextMessageId()}-{type}",
            ["timestamp"] = now,
            ["localTimestamp"] = now.Replace("Z", "+00:00", StringComparison.Ordinal),
            ["localTimezone"] = "Etc/UTC",
            ["serviceUrl"] = connector.ServiceUrl,
            ["channelId"] = "msteams",
            ["from"] = Person(isNamed),
            ["recipient"] = new JsonObject { ["id"] = connector.BotId, ["name"] = connector.BotName },
            ["conversation"] = Conversation(conversation),
            ["channelData"] = ChannelData(conversation),
        };
        if (isNamed)
        {
            activity["locale"] = "en-US";
            activity["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Web", ["timezone"] = "Etc/UTC" });
        }

        return activity;
    }

    /// <summary>A message; every <c>&lt;at&gt;Name&lt;/at&gt;</c> of the bot or a member in the text gets its mention entity (facts §2.3).</summary>
    public JsonObject Message(TeamsConversation conversation, string type, string? id, string text)
    {
        var activity = Envelope(conversation, type, id);
        activity["text"] = text;
        activity["textFormat"] = "plain";
        var mentioned = conversation.Members.Select(member => (member.Id, member.Name)).Append((Id: connector.BotId, Name: connector.BotName))
            .Where(one => text.Contains($"<at>{one.Name}</at>", StringComparison.Ordinal)).ToList();
        foreach (var (who, name) in mentioned)
        {
            var mention = new JsonObject { ["type"] = "mention", ["text"] = $"<at>{name}</at>", ["mentioned"] = new JsonObject { ["id"] = who, ["name"] = name } };
            activity["entities"]!.AsArray().Add(mention);
        }

        if (mentioned.Count > 0)
        {
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = Html(text, mentioned) });
        }

        return activity;
    }

    public JsonObject Invoke(TeamsConversation conversation, string name, JsonNode? value, string? replyToId)
    {
        var activity = Envelope(conversation, "invoke");
        activity["name"] = name;
        activity["value"] = value;
        if (replyToId is not null)
        {
            activity["replyToId"] = replyToId;
        }

        return activity;
    }

    public JsonObject Person(bool isNamed)
    {
        var person = new JsonObject { ["id"] = user.Id };
        if (isNamed)
        {
            person["name"] = user.Name;
        }

        if (user.AadObjectId is { } objectId)
        {
            person["aadObjectId"] = objectId;
        }

        return person;
    }

    public static JsonElement Frozen(JsonObject activity) => JsonSerializer.SerializeToElement(activity);

    private static JsonObject Conversation(TeamsConversation conversation)
    {
        var json = new JsonObject
        {
            ["id"] = conversation.Id,
            ["conversationType"] = conversation.Kind switch
            {
                ConversationKind.Personal => "personal",
                ConversationKind.GroupChat => "groupChat",
                ConversationKind.Channel => "channel",
                _ => throw new InvalidOperationException($"Unknown kind {conversation.Kind}."),
            },
            ["tenantId"] = conversation.TenantId,
        };
        if (conversation.Kind != ConversationKind.Personal)
        {
            json["isGroup"] = true;
        }

        if (conversation is { Kind: ConversationKind.GroupChat, Name: { } name })
        {
            json["name"] = name;
        }

        return json;
    }

    private static JsonObject ChannelData(TeamsConversation conversation)
    {
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = conversation.TenantId } };
        if (conversation.Team is { } team)
        {
            data["teamsTeamId"] = team.Id;
            data["teamsChannelId"] = conversation.Whole.Id;
            data["team"] = new JsonObject { ["id"] = team.Id };
            data["channel"] = new JsonObject { ["id"] = conversation.Whole.Id };
        }

        return data;
    }

    private static string Html(string text, IEnumerable<(string Id, string Name)> mentioned) => $"<p>{mentioned.Aggregate(
        WebUtility.HtmlEncode(text),
        (html, one) => html.Replace(
            WebUtility.HtmlEncode($"<at>{one.Name}</at>"),
            $"<span itemtype=\"http://schema.org/Mention\" itemscope=\"\" itemid=\"0\">{WebUtility.HtmlEncode(one.Name)}</span>",
            StringComparison.Ordinal))}</p>";
}
