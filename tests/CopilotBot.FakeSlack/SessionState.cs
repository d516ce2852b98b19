namespace CopilotBot.FakeSlack;

/// <summary>The agent session of a thread (facts §0, §4.1); guarded by the platform's lock.</summary>
internal sealed class SessionState(TimeProvider time)
{
    public const string Processing = "processing";
    public const string Active = "active";

    /// <summary>How long a thread may stay in processing before it goes back by itself.</summary>
    private static readonly TimeSpan LongestProcessing = TimeSpan.FromHours(1);

    /// <summary>How long a status text of the older calls stands (facts §2).</summary>
    private static readonly TimeSpan LongestText = TimeSpan.FromMinutes(2);

    private string? _status;
    private string _text = "";
    private DateTimeOffset _since;
    private DateTimeOffset _textSince;

    /// <summary>Null where nobody has set one.</summary>
    public string? Status
    {
        get => _status == Processing && time.GetUtcNow() - _since >= LongestProcessing ? Active : _status;
        set => (_status, _since) = (value, time.GetUtcNow());
    }

    /// <summary>The text of assistant.threads.setStatus; clears itself.</summary>
    public string Text
    {
        get => time.GetUtcNow() - _textSince >= LongestText ? "" : _text;
        set => (_text, _textSince) = (value, time.GetUtcNow());
    }

    public string? Title { get; set; }

    /// <summary>The status call that the bot used here: it may not use the other one too.</summary>
    public string? StatusMethod { get; set; }
}
