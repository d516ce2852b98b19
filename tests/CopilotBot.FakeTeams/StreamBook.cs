using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>The streams of all chats, and the rules of facts §3.3.</summary>
internal sealed class StreamBook(TimeProvider time)
{
    private const string Facts = "§3.3";
    private const string NotAllowed = "ContentStreamNotAllowed";
    private const int InformativeLength = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, StreamState> _streams = [];

    public StreamState? Find(string id) => _streams.GetValueOrDefault(id);

    public static JsonElement? InfoOf(JsonElement activity) =>
        activity.List("entities").Where(entity => string.Equals(entity.Text("type"), "streaminfo", StringComparison.OrdinalIgnoreCase)).Select(entity => (JsonElement?)entity).FirstOrDefault();

    public bool IsOver(StreamState stream) => stream.IsClosed || stream.IsCancelled || IsTimedOut(stream);

    /// <summary>Null lets the request through: a first one without a stream id, a later one, or the final message.</summary>
    /// <param name="isViolation">False for an answer that the bot could not foresee, such as the first one after the person pressed stop.</param>
    public Finding? Judge(TeamsConversation conversation, JsonElement activity, JsonElement info, string body, out bool isViolation)
    {
        isViolation = true;
        var isFinal = activity.Text("type") == "message";
        if ((Scope(conversation) ?? Shape(activity, info, isFinal)) is { } misshapen)
        {
            return misshapen;
        }

        if (info.Text("streamId") is not { } id)
        {
            return First(conversation, activity, info, isFinal);
        }

        if (Find(id) is not { } stream || stream.ConversationId != conversation.Id)
        {
            return Finding.Refuse("stream-id", Facts, 400, "BadArgument", $"There is no stream {id} in this chat.");
        }

        if (stream.IsCancelled)
        {
            isViolation = stream.IsCancelTold;
            stream.IsCancelTold = true;
            return Cancelled();
        }

        if (stream.IsClosed)
        {
            isViolation = stream.LastBody != body;
            return Finding.Refuse("stream-completed", Facts, 403, NotAllowed, "Content stream is not allowed on an already completed streamed message.");
        }

        if (IsTimedOut(stream))
        {
            return Finding.Refuse("stream-time", Facts, 403, NotAllowed, "Content stream finished due to exceeded streaming time.");
        }

        if (time.GetUtcNow() - stream.LastAt < Spacing)
        {
            return Finding.Refuse("stream-rate", "§2.6", 429, "TooManyRequests", "A stream takes one request per second.");
        }

        return isFinal ? Final(stream, activity, info) : Later(stream, activity, info, body, out isViolation);
    }

    public static Finding Cancelled() => Finding.Refuse("stream-cancelled", Facts, 403, NotAllowed, "Content stream was canceled by user.");

    public static Finding StillOpen() => Finding.Refuse("stream-edit", Facts, 403, NotAllowed, "The message is being streamed; it takes an edit once the stream is over.");

    public StreamState Begin(string id, TeamsConversation conversation, JsonElement activity, JsonElement info, string body)
    {
        var stream = new StreamState(id, conversation.Id, time.GetUtcNow());
        _streams.Add(id, stream);
        Show(stream, activity, info, body);
        return stream;
    }

    public void Continue(StreamState stream, JsonElement activity, JsonElement info, string body)
    {
        stream.Sequence++;
        Show(stream, activity, info, body);
    }

    public void Finish(StreamState stream, string body) => (stream.IsClosed, stream.LastAt, stream.LastBody) = (true, time.GetUtcNow(), body);

    private static Finding? Scope(TeamsConversation conversation) => conversation.Kind == ConversationKind.Personal
        ? null
        : Finding.Refuse("stream-scope", Facts, 405, "BadArgument", "Streaming API is not enabled for non personal scope.");

    private static Finding? Shape(JsonElement activity, JsonElement info, bool isFinal)
    {
        var streamType = info.Text("streamType");
        var fits = isFinal ? streamType == "final" : streamType is "informative" or "streaming";
        if (!fits)
        {
            return Finding.Refuse("stream-type", Facts, 400, "BadArgument", $"A {activity.Text("type")} activity has no streamType {streamType ?? "(none)"}.");
        }

        if (!isFinal && string.IsNullOrEmpty(activity.Text("text")))
        {
            return Finding.Refuse("stream-text", Facts, 400, "BadRequest", "Streaming activities should include text.");
        }

        var carried = activity.List("attachments").Count > 0 || activity.Get("channelData").Get("feedbackLoop") is not null
            || activity.List("entities").Any(entity => entity.Text("type") == AiEntityRules.RootType);
        if (!isFinal && carried)
        {
            return Finding.Refuse("stream-carries", Facts, 400, "BadArgument", "Only the final message may carry attachments, a label, feedback or citations.");
        }

        return streamType == "informative" && activity.Text("text")!.Length > InformativeLength
            ? Finding.Refuse("stream-informative-length", Facts, 400, "BadArgument", $"An informative text has at most {InformativeLength} characters.")
            : null;
    }

    private Finding? First(TeamsConversation conversation, JsonElement activity, JsonElement info, bool isFinal)
    {
        if (isFinal)
        {
            return Finding.Refuse("stream-id", Facts, 400, "BadArgument", "The final message names its stream.");
        }

        if (info.Number("streamSequence") != 1)
        {
            return Finding.Refuse("stream-sequence", Facts, 400, "BadArgument", $"The first request of a stream has streamSequence 1: {activity.Text("text")!.Shortened()}");
        }

        return _streams.Values.Any(stream => stream.ConversationId == conversation.Id && !IsOver(stream))
            ? Finding.Refuse("stream-one-open", Facts, 403, NotAllowed, "Another message is being streamed in this chat.")
            : null;
    }

    private static Finding? Later(StreamState stream, JsonElement activity, JsonElement info, string body, out bool isViolation)
    {
        isViolation = true;
        var sequence = info.Number("streamSequence");
        if (sequence != stream.Sequence + 1)
        {
            isViolation = stream.LastBody != body;
            return sequence is null
                ? Finding.Refuse("stream-sequence", Facts, 400, "BadArgument", "A request of a stream has a streamSequence.")
                : Finding.Refuse("stream-sequence", Facts, 202, "ContentStreamSequenceOrderPreConditionFailed", $"streamSequence {sequence} came after {stream.Sequence}; it was dropped.");
        }

        return info.Text("streamType") == "streaming" ? Grown(stream, activity) : null;
    }

    private static Finding? Final(StreamState stream, JsonElement activity, JsonElement info) => info.Get("streamSequence") is not null
        ? Finding.Refuse("stream-final-sequence", Facts, 400, "BadArgument", "The final message has no streamSequence.")
        : Grown(stream, activity);

    private static Finding? Grown(StreamState stream, JsonElement activity) => (activity.Text("text") ?? "").StartsWith(stream.Streamed, StringComparison.Ordinal)
        ? null
        : Finding.Refuse("stream-prefix", Facts, 400, "BadArgument", $"The text does not begin with the text streamed before: {stream.Streamed.Shortened()}");

    private void Show(StreamState stream, JsonElement activity, JsonElement info, string body)
    {
        var (kind, text) = (info.Text("streamType")!, activity.Text("text")!);
        stream.Shown.Add(new(kind, text, time.GetUtcNow()));
        stream.Streamed = kind == "streaming" ? text : stream.Streamed;
        (stream.LastAt, stream.LastBody) = (time.GetUtcNow(), body);
    }

    private bool IsTimedOut(StreamState stream) => time.GetUtcNow() - stream.StartedAt > Longest;
}
