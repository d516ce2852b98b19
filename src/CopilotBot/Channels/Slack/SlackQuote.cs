using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack;

/// <summary>Turns whose question stands elsewhere, so that their answer has to begin with it.</summary>
internal static class SlackQuote
{
    public const string PrivateMark = "ask-privately\n";

    public const string SharedMark = "share\n";

    public static bool IsPrivate(InboundTurn turn) => turn.MessageId.StartsWith(PrivateMark, StringComparison.Ordinal);

    public static bool IsShared(InboundTurn turn) => turn.MessageId.StartsWith(SharedMark, StringComparison.Ordinal);
}
