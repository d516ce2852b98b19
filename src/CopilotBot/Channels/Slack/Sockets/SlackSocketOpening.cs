using System.Net.WebSockets;

namespace CopilotBot.Channels.Slack.Sockets;

/// <summary>What came of opening a socket.</summary>
/// <param name="Socket">Connected; null where it did not come to that.</param>
/// <param name="Problem">Without a socket: why, in words that may be logged.</param>
/// <param name="IsFinal">It will not work later either.</param>
/// <param name="Wait">How long Slack asks to wait, where it says so.</param>
internal sealed record SlackSocketOpening(WebSocket? Socket, string Problem = "", bool IsFinal = false, TimeSpan? Wait = null);
