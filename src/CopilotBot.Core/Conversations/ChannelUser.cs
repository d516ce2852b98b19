namespace CopilotBot.Conversations;

/// <summary>A person as a channel names them: whom a reply or a vote belongs to. What they may read is another matter (<see cref="UserIdentity"/>).</summary>
/// <param name="Id">The most lasting id that the channel gives, unique in it.</param>
/// <param name="DisplayName">May be empty.</param>
public sealed record ChannelUser(string Id, string DisplayName);
