namespace CopilotBot.FakeSlack;

/// <summary>What the parts of the platform share; guarded by its lock.</summary>
/// <param name="Echo">Told of what the bot did to a message: Slack makes events of it too.</param>
internal sealed record PlatformState(TimeProvider Time, SlackDirectory Directory, ViolationLog Violations, ISet<string> AllowedMentions, Action<MessageState, EchoKind> Echo)
{
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Records, and gives the answer of the first finding that Slack refuses.</summary>
    public Outcome? Refusal(IEnumerable<Finding> findings) => Violations.AddAll(findings) is { } refused ? Outcome.Of(refused) : null;

    public Outcome? Refusal(Finding? finding) => finding is null ? null : Refusal([finding]);

    /// <summary>Mentions of a message, each recorded once.</summary>
    public void CheckMentions(MessageState message, IEnumerable<string> tokens) =>
        Violations.AddAll(MentionRules.Check(tokens.Where(message.MentionsSeen.Add), AllowedMentions));

    /// <summary>Null where the bot may write into the channel.</summary>
    public Outcome? Enter(ApiCall call, string argument, out SlackChannel channel)
    {
        channel = Directory.FindChannel(call.Arguments.Text(argument), call.Install)!; // null is answered below
        if (channel is null)
        {
            return Outcome.Fail("channel_not_found");
        }

        return channel.IsArchived ? Outcome.Fail("is_archived") : channel.HasBot ? null : Outcome.Fail("not_in_channel");
    }
}
