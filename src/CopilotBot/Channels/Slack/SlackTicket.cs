using CopilotBot.Answering;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack;

/// <summary>A request for a ticket. No tracker is written to yet: the person is told so, and gets what is known about the matter.</summary>
internal static class SlackTicket
{
    /// <summary>What the ids of such turns begin with.</summary>
    public const string Mark = "ticket\n";

    public static bool IsOne(InboundTurn turn) => turn.MessageId.StartsWith(Mark, StringComparison.Ordinal);

    public static Answer Introduce(Answer answer) => answer with { Text = $"I cannot open tickets yet. This is what I know about it:\n{answer.Text}" };
}
