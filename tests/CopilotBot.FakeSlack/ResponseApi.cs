using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Answers through response_url, and the bodies that acknowledge a command (facts §1.4); called under the platform's lock.</summary>
internal sealed class ResponseApi(PlatformState state, ChatApi chat)
{
    private const int MostUses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, ResponseUrl> _urls = [];

    /// <summary>The last part of a new address.</summary>
    public string New(SlackChannel channel, string userId, string? threadTs, MessageState? original)
    {
        var id = $"{channel.Workspace.TeamId}/{_urls.Count + 1}/fake";
        _urls[id] = new(channel, userId, threadTs, state.Now + Life) { Original = original };
        return id;
    }

    public Outcome Post(string id, CallSeen call)
    {
        if (call.Authorization is not null)
        {
            state.Violations.Add("response-token", "§1.4", "A response_url takes no token.");
        }

        if (!_urls.TryGetValue(id, out var url))
        {
            return Refuse(404, "no_such_url", "response-url", "There is no such response_url.");
        }

        if (state.Now >= url.Until)
        {
            return Refuse(404, "expired_url", "response-late", $"A response_url lives {Life.TotalMinutes} min.");
        }

        if (url.Uses >= MostUses)
        {
            return Refuse(404, "used_url", "response-uses", $"A response_url is used {MostUses} times.");
        }

        if (!call.Arguments.IsJson || call.Arguments.IsBroken)
        {
            return Refuse(400, "invalid_payload", "response-json", "A response_url takes a JSON object.");
        }

        url.Uses++;
        return Show(url, call.Arguments) is { } error ? new(400, Text: error) : new(200, Text: "ok");
    }

    /// <summary>What a person sees when a command is answered at once: text, or JSON of a message.</summary>
    public void Acknowledge(string id, string body, string? contentType)
    {
        if (body.Length == 0)
        {
            return;
        }

        var isJson = contentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
        var arguments = isJson ? new CallArguments(body, contentType) : new(new JsonObject { ["text"] = body }.ToJsonString(), "application/json");
        if (arguments.IsBroken)
        {
            state.Violations.Add("ack-body", "§1.4", "The acknowledgement of a command is no JSON object.");
        }
        else if (arguments.Names.Any())
        {
            Show(_urls[id], arguments);
        }
    }

    /// <summary>The error, or null.</summary>
    private string? Show(ResponseUrl url, CallArguments arguments)
    {
        if (arguments.Flag("delete_original") == true)
        {
            if (url.Original is { } gone)
            {
                SlackDirectory.Delete(gone);
            }

            return null;
        }

        if (arguments.Filled("response_type") is not (null or "ephemeral" or "in_channel"))
        {
            state.Violations.Add("response-type", "§1.4", "response_type is ephemeral or in_channel.");
        }

        if (state.Violations.AddAll([.. MessageRules.CheckContent(arguments), .. MessageRules.CheckMetadata(arguments.Json("metadata"))]) is { } refused)
        {
            return refused.Error;
        }

        if (arguments.Flag("replace_original") == true && url.Original is { IsDeleted: false } original)
        {
            chat.Show(original, arguments);
            return null;
        }

        var threadTs = arguments.Filled("thread_ts") ?? url.ThreadTs;
        if (threadTs is not null && state.Violations.AddAll(SlackDirectory.CheckThread(url.Channel, threadTs, "invalid_thread_ts") is { } finding ? [finding] : []) is { } elsewhere)
        {
            return elsewhere.Error;
        }

        var isOpen = arguments.Text("response_type") == "in_channel";
        var message = state.Directory.Post(
            url.Channel, url.Channel.Workspace.BotUserId, isBot: true, threadTs, MessageRules.Version(arguments, state.Now), ephemeralTo: isOpen ? null : url.UserId);
        message.Metadata = arguments.Json("metadata");
        state.CheckMentions(message, MessageRules.Mentions(arguments));
        url.Original ??= message;
        if (isOpen)
        {
            state.Echo(message, EchoKind.Posted);
        }

        return null;
    }

    private Outcome Refuse(int status, string error, string rule, string detail)
    {
        state.Violations.Add(rule, "§1.4", detail);
        return new(status, Text: error);
    }
}
