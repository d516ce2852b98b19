using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Forms of commands and payloads of interactions (facts §1.4, §1.5).</summary>
internal sealed class Interactions(SlackPlatform slack, SlackUser user)
{
    public JsonObject Command(SlackChannel channel, string command, string text, string responseUrl)
    {
        var workspace = channel.Workspace;
        var form = new JsonObject
        {
            ["token"] = Envelopes.VerificationToken,
            ["team_id"] = workspace.TeamId,
            ["team_domain"] = workspace.Domain,
            ["channel_id"] = channel.Id,
            ["channel_name"] = channel.Kind switch { SlackChannelKind.Direct => "directmessage", SlackChannelKind.Private => "privategroup", _ => channel.Name },
            ["user_id"] = user.Id,
            ["user_name"] = user.Name,
            ["command"] = command,
            ["text"] = PersonText.Escape(text),
            ["api_app_id"] = slack.AppId,
            ["is_enterprise_install"] = workspace.Install.IsEnterprise ? "true" : "false",
            ["response_url"] = responseUrl,
            ["trigger_id"] = slack.NewTrigger(user.Id),
        };
        if (workspace.EnterpriseId is { } enterprise)
        {
            (form["enterprise_id"], form["enterprise_name"]) = (enterprise, "Organisation");
        }

        return form;
    }

    public JsonObject Pressed(MessageState message, ShownButton button, string responseUrl)
    {
        var payload = Base("block_actions", message.Channel.Workspace);
        var container = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = message.Ts,
            ["channel_id"] = message.Channel.Id,
            ["is_ephemeral"] = message.EphemeralTo is not null,
        };
        if (message.ThreadTs is { } thread)
        {
            container["thread_ts"] = thread;
        }

        payload["container"] = container;
        payload["channel"] = Channel(message.Channel);
        if (message.EphemeralTo is null)
        {
            payload["message"] = MessageJson.Of(message, message.Channel.Workspace.Install);
        }

        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = responseUrl;
        payload["actions"] = new JsonArray(Action(button));
        return payload;
    }

    /// <summary>A menu in a message (facts §1.5): the chosen option.</summary>
    public JsonObject Chosen(MessageState message, JsonElement block, string value, string responseUrl)
    {
        var menu = block.Get("accessory") ?? default;
        var payload = Pressed(message, new ShownButton(menu.Text("type") ?? "", menu.Text("action_id") ?? "", block.Text("block_id") ?? "", "", null, null), responseUrl);
        var action = payload["actions"]![0]!.AsObject();
        action.Remove("text");
        action["selected_option"] = Chosen(menu.List("options"), value).ToNode();
        return payload;
    }

    public JsonObject Pressed(ShownView view, ShownButton button)
    {
        var payload = Base("block_actions", slack.WorkspaceOf(user));
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["view"] = ViewApi.Json(view, user.TeamId);
        payload["actions"] = new JsonArray(Action(button));
        return payload;
    }

    public JsonObject MessageAction(MessageState message, string callbackId, string responseUrl)
    {
        var payload = Base("message_action", message.Channel.Workspace);
        payload["callback_id"] = callbackId;
        payload["channel"] = Channel(message.Channel);
        payload["message"] = MessageJson.Of(message, message.Channel.Workspace.Install);
        payload["message_ts"] = message.Ts;
        payload["action_ts"] = slack.Directory.NextTs();
        payload["response_url"] = responseUrl;
        return payload;
    }

    public JsonObject Shortcut(string callbackId)
    {
        var payload = Base("shortcut", slack.WorkspaceOf(user));
        payload["callback_id"] = callbackId;
        payload["action_ts"] = slack.Directory.NextTs();
        return payload;
    }

    public JsonObject Submission(ShownView view, IReadOnlyDictionary<string, string> given)
    {
        var values = new JsonObject();
        foreach (var (block, index) in view.View.List("blocks").Select((block, index) => (block, index)).Where(pair => pair.block.Text("type") == "input"))
        {
            var element = block.Get("element") ?? default;
            var action = element.Text("action_id") ?? "";
            values[block.Text("block_id") ?? $"block{index}"] = new JsonObject { [action] = Value(element, given.GetValueOrDefault(action)) };
        }

        var payload = Base("view_submission", slack.WorkspaceOf(user));
        var json = ViewApi.Json(view, user.TeamId);
        json["state"] = new JsonObject { ["values"] = values };
        (payload["view"], payload["response_urls"]) = (json, new JsonArray());
        return payload;
    }

    public JsonObject Closed(ShownView view)
    {
        var payload = Base("view_closed", slack.WorkspaceOf(user));
        payload.Remove("trigger_id");
        (payload["view"], payload["is_cleared"]) = (ViewApi.Json(view, user.TeamId), false);
        return payload;
    }

    private JsonObject Base(string type, SlackWorkspace workspace) => new()
    {
        ["type"] = type,
        ["token"] = Envelopes.VerificationToken,
        ["api_app_id"] = slack.AppId,
        ["team"] = workspace.Install.IsEnterprise ? null : new JsonObject { ["id"] = workspace.TeamId, ["domain"] = workspace.Domain },
        ["enterprise"] = workspace.EnterpriseId is { } enterprise ? new JsonObject { ["id"] = enterprise, ["name"] = "Organisation" } : null,
        ["is_enterprise_install"] = workspace.Install.IsEnterprise,
        ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Name, ["name"] = user.Name, ["team_id"] = user.TeamId },
        ["trigger_id"] = slack.NewTrigger(user.Id),
    };

    private static JsonObject Channel(SlackChannel channel) => new() { ["id"] = channel.Id, ["name"] = channel.Kind == SlackChannelKind.Direct ? "directmessage" : channel.Name };

    private JsonObject Action(ShownButton button)
    {
        var action = new JsonObject
        {
            ["type"] = button.Type,
            ["action_id"] = button.ActionId,
            ["block_id"] = button.BlockId.Length > 0 ? button.BlockId : "auto",
            ["action_ts"] = string.Create(CultureInfo.InvariantCulture, $"{slack.Time.GetUtcNow().ToUnixTimeSeconds()}.000000"),
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = button.Text, ["emoji"] = true },
        };
        if (button.Value is { } value)
        {
            action["value"] = value;
        }

        return action;
    }

    /// <summary>What is left as it was is sent as the form began (facts §1.5).</summary>
    private static JsonObject Value(JsonElement element, string? given)
    {
        var type = element.Text("type") ?? "";
        var json = new JsonObject { ["type"] = type };
        var options = element.List("options");
        switch (type)
        {
            case "multi_static_select" or "checkboxes":
                json["selected_options"] = given is null
                    ? new JsonArray([.. element.List("initial_options").Select(option => option.ToNode())])
                    : new JsonArray([.. given.Split(',').Select(value => Chosen(options, value).ToNode())]);
                break;
            case "datepicker":
                json["selected_date"] = given ?? element.Text("initial_date");
                break;
            case "static_select" or "radio_buttons":
                json["selected_option"] = given is null ? element.Get("initial_option")?.ToNode() : Chosen(options, given).ToNode();
                break;
            default:
                json["value"] = given ?? element.Text("initial_value");
                break;
        }

        return json;
    }

    private static JsonElement Chosen(IReadOnlyList<JsonElement> options, string value) => options.Where(option => option.Text("value") == value).Select(option => (JsonElement?)option).FirstOrDefault()
        ?? throw new ArgumentException($"There is no option {value}.", nameof(value));
}
