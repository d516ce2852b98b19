using CopilotBot.Answering;
using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <summary>What people read when an answer could not be made or shown; each names the trace id.</summary>
internal static class FailedAnswer
{
    public static Answer TooSlow(TurnId turn) => Of(turn, "That took too long, so I stopped.");

    public static Answer Crashed(TurnId turn) => Of(turn, "I tried several times and did not get through.");

    public static Answer NotAccepted(TurnId turn) => Of(turn, "I have an answer, but it could not be shown here.");

    private static Answer Of(TurnId turn, string what) => new()
    {
        TurnId = turn,
        Outcome = AnswerOutcome.Failed,
        Text = $"{what} It is not your fault. Please ask again; if it stays, give your admins the trace id {turn}.",
    };
}
