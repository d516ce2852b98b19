namespace CopilotBot.Channels.Teams.Auth;

internal enum TeamsCloud
{
    Public,
    UsGov,
    China,
}
