namespace CopilotBot.Channels.Teams.Auth;

/// <summary>From the environment or user secrets only. A class, not a record: nothing prints what it holds.</summary>
internal sealed class TeamsSecrets
{
    public const string SecretVariable = "COPILOTBOT_TEAMS_SECRET";

    public const string PasswordVariable = "COPILOTBOT_TEAMS_CERTIFICATE_PASSWORD";

    public string? Secret { get; set; }

    public string? CertificatePassword { get; set; }
}
