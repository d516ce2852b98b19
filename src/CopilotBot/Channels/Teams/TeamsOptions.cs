using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Channels.Teams;

/// <summary>Who may talk to the bot in Teams, and how its answers look. How it signs in is <c>TeamsAuthOptions</c>; both are bound to "Teams".</summary>
internal sealed class TeamsOptions
{
    /// <summary>Takes requests without a token, for the Agents Playground: only without an app id and only on loopback.</summary>
    public bool Anonymous { get; set; }

    /// <summary>Tenant ids whose people may use the bot; others are refused.</summary>
    public IList<string> AllowedTenants { get; } = [];

    /// <summary>Domains whose e-mail addresses identify a person of the sources; everybody else reads what anyone may read.</summary>
    public IList<string> EmailDomains { get; } = [];

    /// <summary>Questions that the welcome card offers; the first three are shown.</summary>
    public IList<string> Examples { get; } = [];

    /// <summary>Answers grow before the eyes of the person in a personal chat.</summary>
    public bool Streaming { get; set; } = true;

    /// <summary>Purview label that every answer carries, where one is right for all of them.</summary>
    public string? SensitivityLabelId { get; set; }

    /// <summary>A conversation with more members than this is answered from what all staff may read.</summary>
    [Range(2, 5000)]
    public int MaximumAudience { get; set; } = 500;

    /// <summary>How long a member list is taken as true.</summary>
    [Range(0, 86_400)]
    public int MembersCachedSeconds { get; set; } = 600;
}
