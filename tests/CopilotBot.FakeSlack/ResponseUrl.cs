namespace CopilotBot.FakeSlack;

/// <summary>An address that a command or an interaction gives to answer at (facts §1.4); guarded by the platform's lock.</summary>
/// <param name="threadTs">Where the message that was acted on stands in a thread.</param>
internal sealed class ResponseUrl(SlackChannel channel, string userId, string? threadTs, DateTimeOffset until)
{
    public SlackChannel Channel => channel;

    public string UserId => userId;

    public string? ThreadTs => threadTs;

    public DateTimeOffset Until => until;

    public int Uses { get; set; }

    /// <summary>What replace_original and delete_original mean: the message acted on, else the first that this address made.</summary>
    public MessageState? Original { get; set; }
}
