using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <param name="Audience">Everybody who will see the answer; null where the asker alone does.</param>
internal sealed record TurnReaders(UserIdentity Asker, IReadOnlyList<UserIdentity>? Audience);
