using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>Messages that grow while they are read (facts §2.1); called under the platform's lock.</summary>
internal sealed class StreamApi(PlatformState state)
{
    private const string Facts = "§2.1";
    private const int MarkdownLength = 12_000;
    private const int TaskLength = 256;
    private const int MostBlocks = 50;
    private static readonly string[] TaskStates = ["pending", "in_progress", "complete", "error"];

    public Outcome Start(ApiCall call)
    {
        if (state.Enter(call, "channel", out var channel) is { } closed)
        {
            return closed;
        }

        var arguments = call.Arguments;
        if (state.Refusal([.. Place(channel, arguments), .. Content(arguments)]) is { } refused)
        {
            return refused;
        }

        var threadTs = arguments.Filled("thread_ts")!; // Place refused a call without it
        var message = state.Directory.Post(channel, call.Install.BotUserId, isBot: true, threadTs, null, new StreamState(state.Now));
        Grow(message, arguments);
        var session = state.Directory.Session(channel.Id, threadTs);
        (session.Status, session.Text) = (SessionState.Processing, "");
        state.Echo(message, EchoKind.Posted);
        return Outcome.Ok(new() { ["channel"] = channel.Id, ["ts"] = message.Ts });
    }

    public Outcome Append(ApiCall call)
    {
        if (FindOpen(call, out var message) is { } over)
        {
            return over;
        }

        var arguments = call.Arguments;
        if (arguments.Filled("markdown_text") is null && arguments.Json("chunks") is null)
        {
            return state.Refusal(Finding.Refuse("no_text", "stream-empty", "§11", "An append has markdown_text or chunks."))!;
        }

        if (state.Refusal(Content(arguments)) is { } refused)
        {
            return refused;
        }

        Grow(message, arguments);
        return Outcome.Ok(new() { ["channel"] = message.Channel.Id, ["ts"] = message.Ts });
    }

    public Outcome Stop(ApiCall call)
    {
        if (FindOpen(call, out var message) is { } over)
        {
            return over;
        }

        var arguments = call.Arguments;
        var blocks = arguments.Json("blocks");
        var status = arguments.Filled("session_status") ?? SessionState.Active;
        if (state.Refusal(
            [
                .. Content(arguments),
                .. blocks is { } given ? BlockRules.Check(given, BlockSurface.Message).Concat(NoFile(given)) : [],
                .. MessageRules.CheckMetadata(arguments.Json("metadata")),
                .. SessionApi.CheckStatus(status),
            ]) is { } refused)
        {
            return refused;
        }

        Grow(message, arguments);
        message.Stream!.IsStopped = true; // FindOpen found it
        message.Versions.Add(new("", null, blocks?.Items() ?? [], state.Now));
        message.Metadata = arguments.Json("metadata");
        state.CheckMentions(message, blocks is { } shown ? MentionRules.In(shown) : []);
        state.Directory.Session(message.Channel.Id, message.ThreadTs!).Status = status; // streams are replies
        state.Echo(message, EchoKind.Changed);
        return Outcome.Ok(new() { ["channel"] = message.Channel.Id, ["ts"] = message.Ts, ["message"] = MessageJson.Of(message, call.Install) });
    }

    private IEnumerable<Finding> Place(SlackChannel channel, CallArguments arguments)
    {
        if (arguments.Filled("thread_ts") is not { } threadTs)
        {
            yield return Finding.Refuse("invalid_thread_ts", "stream-thread", Facts, "A stream is always started with thread_ts.");
        }
        else if (SlackDirectory.CheckThread(channel, threadTs, "invalid_thread_ts") is { } elsewhere)
        {
            yield return elsewhere;
        }

        if (arguments.Filled("task_display_mode") is not (null or "timeline" or "plan"))
        {
            yield return Finding.Refuse("invalid_arguments", "stream-mode", Facts, "task_display_mode is timeline or plan.");
        }

        var (team, user) = (arguments.Filled("recipient_team_id"), arguments.Filled("recipient_user_id"));
        if (channel.Kind != SlackChannelKind.Direct && team is null)
        {
            yield return Finding.Refuse("missing_recipient_team_id", "stream-recipient", Facts, "A stream in a channel names the team of its recipient.");
        }

        if (channel.Kind != SlackChannelKind.Direct && user is null)
        {
            yield return Finding.Refuse("missing_recipient_user_id", "stream-recipient", Facts, "A stream in a channel names its recipient.");
        }

        if (user is not null && state.Directory.FindUser(user) is { } recipient && team is not null && recipient.TeamId != team)
        {
            yield return Finding.Note("stream-recipient-team", Facts, "recipient_team_id is the user's team.");
        }
    }

    private static IEnumerable<Finding> Content(CallArguments arguments)
    {
        if (arguments.Text("markdown_text")?.Length > MarkdownLength)
        {
            yield return Finding.Refuse("msg_too_long", "stream-length", Facts, $"markdown_text has more than {MarkdownLength} characters.");
        }

        foreach (var finding in arguments.Json("chunks") is { } chunks ? Chunks(chunks) : [])
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Chunks(JsonElement chunks) => chunks.ValueKind != JsonValueKind.Array
        ? [BadChunk("Chunks are a JSON list.")]
        : chunks.Items().SelectMany(chunk => chunk.Text("type") switch
        {
            "markdown_text" => chunk.Text("text") is not { } text ? [BadChunk("A markdown_text chunk has a text.")]
                : text.Length > MarkdownLength ? [Finding.Refuse("msg_too_long", "stream-length", Facts, $"A chunk has more than {MarkdownLength} characters.")] : [],
            "task_update" => Task(chunk),
            "plan_update" => Short(chunk, "title"),
            "blocks" => chunk.Get("blocks") is { } blocks ? BlockRules.Check(blocks, BlockSurface.Message).Concat(NoFile(blocks)) : [BadChunk("A blocks chunk has blocks.")],
            var other => (IEnumerable<Finding>)[BadChunk($"There is no chunk of type {other}.")],
        });

    private static IEnumerable<Finding> Task(JsonElement chunk)
    {
        if (string.IsNullOrEmpty(chunk.Text("id")) || !TaskStates.Contains(chunk.Text("status")))
        {
            yield return BadChunk("A task has an id and a status: pending, in_progress, complete or error.");
        }

        foreach (var finding in Short(chunk, "title").Concat(chunk.Text("details") is null ? [] : Short(chunk, "details")).Concat(chunk.Text("output") is null ? [] : Short(chunk, "output")))
        {
            yield return finding;
        }

        if (chunk.List("sources").Any(source => source.Text("type") != "url" || source.Text("url") is null || source.Text("text") is null))
        {
            yield return BadChunk("A source is a url with a text.");
        }
    }

    private static IEnumerable<Finding> Short(JsonElement chunk, string name) => chunk.Text(name) is { Length: > 0 and <= TaskLength } ? [] : [BadChunk($"{name} has 1 to {TaskLength} characters.")];

    private static IEnumerable<Finding> NoFile(JsonElement blocks) => blocks.Items().Any(block => block.Text("type") == "file")
        ? [Finding.Refuse("internal_error", "stream-file", Facts, "A file block does not go into a stream.")]
        : [];

    private static Finding BadChunk(string detail) => Finding.Refuse("invalid_chunks", "stream-chunk", Facts, detail);

    private void Grow(MessageState message, CallArguments arguments)
    {
        var stream = message.Stream!; // only streams come here
        stream.Text += arguments.Text("markdown_text") ?? "";
        foreach (var chunk in arguments.Json("chunks")?.Items() ?? [])
        {
            switch (chunk.Text("type"))
            {
                case "markdown_text":
                    stream.Text += chunk.Text("text");
                    break;
                case "task_update":
                    Show(stream, chunk);
                    break;
                case "blocks":
                    stream.ChunkBlocks.AddRange(chunk.List("blocks"));
                    break;
            }
        }

        if (stream.ChunkBlocks.Count > MostBlocks)
        {
            state.Violations.Add("stream-blocks", Facts, $"A stream has at most {MostBlocks} blocks through chunks.");
        }

        if (stream.Text != stream.Texts.LastOrDefault(""))
        {
            stream.Texts.Add(stream.Text);
        }

        state.CheckMentions(message, [.. MentionRules.In(stream.Text), .. arguments.Json("chunks") is { } given ? MentionRules.In(given) : []]);
    }

    private static void Show(StreamState stream, JsonElement chunk)
    {
        var (id, index) = (chunk.Text("id")!, stream.Tasks.FindIndex(task => task.Id == chunk.Text("id"))); // Task refused a chunk without it
        var before = index < 0 ? new ShownTask(id, "", "", "", "") : stream.Tasks[index];
        var task = before with
        {
            Title = chunk.Text("title")!,
            Status = chunk.Text("status")!,
            Details = before.Details + chunk.Text("details"),
            Output = before.Output + chunk.Text("output"),
        };
        if (index < 0)
        {
            stream.Tasks.Add(task);
        }
        else
        {
            stream.Tasks[index] = task;
        }
    }

    private Outcome? FindOpen(ApiCall call, out MessageState message)
    {
        message = null!; // set where null is returned
        if (state.Enter(call, "channel", out var channel) is { } closed)
        {
            return closed;
        }

        message = channel.Find(call.Arguments.Text("ts") ?? "")!;
        if (message is null or { IsDeleted: true })
        {
            return Outcome.Fail("message_not_found");
        }

        if (!message.IsBot || message.UserId != call.Install.BotUserId)
        {
            return state.Refusal(Finding.Refuse("message_not_owned_by_app", "stream-foreign", Facts, "The message is not the bot's."))!;
        }

        if (message.Stream is not { } stream)
        {
            return state.Refusal(Finding.Refuse("message_not_in_streaming_state", "stream-over", Facts, "The message is no stream."))!;
        }

        var shown = stream.Shown(state.Now);
        if (shown == ShownStream.Open)
        {
            return null;
        }

        var finding = Finding.Refuse(shown == ShownStream.StoppedByUser ? "stopped_by_user" : "message_not_in_streaming_state", "stream-over", Facts, $"The stream is over: {shown}.");
        var isForeseen = shown == ShownStream.Stopped || stream.IsEndTold;
        stream.IsEndTold = true;
        return state.Refusal(finding with { IsViolation = isForeseen })!;
    }
}
