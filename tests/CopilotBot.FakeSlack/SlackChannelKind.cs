namespace CopilotBot.FakeSlack;

public enum SlackChannelKind
{
    Public,
    Private,

    /// <summary>One person and the bot; D….</summary>
    Direct,

    /// <summary>Several people and the bot; G….</summary>
    Group,
}
