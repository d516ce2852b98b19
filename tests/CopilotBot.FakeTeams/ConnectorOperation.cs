namespace CopilotBot.FakeTeams;

/// <summary>The calls of facts §1.8, and <see cref="None"/> for what the connector does not offer.</summary>
public enum ConnectorOperation
{
    None,
    Send,
    Reply,
    Update,
    Delete,
    GetMember,
    GetPagedMembers,
    GetMembers,
    CreateConversation,
    GetTeam,
    GetTeamChannels,
}
