using System.Text.Json;
using CopilotBot.Channels.Slack.Rendering;

namespace CopilotBot.Channels.Slack;

/// <summary>Where a reply goes and who asked; stored as text by the turn engine.</summary>
/// <param name="Workspace">Key of the install that the bot speaks through.</param>
/// <param name="Channel">"C…", "G…" or "D…"; empty for the person's own chat, which is opened when it is needed.</param>
/// <param name="Thread">ts of the thread's first message; null posts into the channel itself.</param>
/// <param name="User">"U…" of who asked; null where the bot speaks first.</param>
/// <param name="ResponseUrl">Shows something to that person alone, for half an hour. A place that is <see cref="SlackPlace.Ephemeral"/> is answered by it; elsewhere it is where to say what went wrong.</param>
/// <param name="Team">The asker's own workspace ("T…"), where it is known.</param>
/// <param name="IsExternal">The channel is shared with another organisation.</param>
/// <param name="Source">ts of the message that a shortcut was used on, in <paramref name="Thread"/>.</param>
internal sealed record SlackAddress(string Workspace, string Channel, string? Thread, string? User, SlackPlace Place, string? ResponseUrl = null, bool IsExternal = false, string? Team = null, string? Source = null)
{
    public static SlackAddress Parse(string text) => JsonSerializer.Deserialize(text, SlackJson.Default.SlackAddress) ?? throw new FormatException("The stored address is empty.");

    public override string ToString() => JsonSerializer.Serialize(this, SlackJson.Default.SlackAddress);

    /// <summary>Chats with the bot have ids of their own kind.</summary>
    public static bool IsChat(string channel) => channel.Length == 0 || channel[0] == 'D';
}
