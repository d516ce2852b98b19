namespace CopilotBot.Channels.Teams.Auth;

/// <param name="IsEntra">Its keys carry no endorsements.</param>
internal sealed record TrustedIssuer(IssuerKeys Keys, bool IsEntra);
