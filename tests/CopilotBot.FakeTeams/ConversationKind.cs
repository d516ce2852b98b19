namespace CopilotBot.FakeTeams;

/// <summary>The three scopes of facts §2.1; a channel thread is of kind channel.</summary>
public enum ConversationKind
{
    Personal,
    GroupChat,
    Channel,
}
