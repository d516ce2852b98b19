namespace CopilotBot.Channels.Teams.Auth;

/// <summary>What an activity says about itself and a token has to bear out.</summary>
internal sealed record InboundFacts(string? ServiceUrl, string? ChannelId, string? TenantId = null);
