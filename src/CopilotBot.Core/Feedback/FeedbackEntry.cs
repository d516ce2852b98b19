using System.Security.Cryptography;
using System.Text;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Feedback;

/// <summary>What one person thinks of one answer, with the whole trace of the turn that made it. A later vote of the same person replaces it.</summary>
/// <param name="Turn">The turn as it was when the vote came.</param>
/// <param name="Reason">One of the words that the channel's form offers, or null.</param>
/// <param name="Comment">The person's own words, or null.</param>
/// <param name="Expected">The document that answers the question, as a reviewer named it.</param>
/// <param name="Told">When the voter was told that the answer was fixed.</param>
public sealed record FeedbackEntry(
    string Id, TurnRecord Turn, ChannelUser Voter, Vote Vote, string? Reason, string? Comment, DateTimeOffset At, DocumentId? Expected, DateTimeOffset? Told)
{
    /// <summary>Short enough to type; the same for every vote of one person on one answer.</summary>
    public static string IdOf(TurnId turn, ChannelUser voter)
    {
        ArgumentNullException.ThrowIfNull(voter);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{turn.Value}\n{voter.Id}")))[..10];
    }
}
