using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Channels.Slack;

/// <summary>Who may talk to the bot in Slack, how it is reached, and how its answers look. Bound to "Slack"; secrets are <c>SlackSecrets</c>.</summary>
internal sealed class SlackOptions
{
    /// <summary>Ids of the workspaces (T…) or organisations (E…) whose people are anybody to the sources; in others everybody reads what anyone may read.</summary>
    public IList<string> AllowedTeams { get; } = [];

    /// <summary>Domains whose confirmed e-mail addresses identify a person of the sources.</summary>
    public IList<string> EmailDomains { get; } = [];

    /// <summary>Client id of the app, for installs into several workspaces by OAuth; empty where the bot token of one workspace is given.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Where people reach this bot, for the redirect of an install: "https://copilot.example.com".</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Gets events over WebSockets that the bot opens, instead of by HTTP: for development and behind firewalls.</summary>
    public bool SocketMode { get; set; }

    /// <summary>WebSockets that are open at the same time; Slack allows ten for an app.</summary>
    [Range(1, 10)]
    public int Sockets { get; set; } = 2;

    /// <summary>The Web API; another one only for GovSlack or on this machine.</summary>
    public string ApiUrl { get; set; } = "https://slack.com/api/";

    /// <summary>Questions that the bot suggests; the first four are shown.</summary>
    public IList<string> Examples { get; } = [];

    /// <summary>Answers grow before the eyes of the person.</summary>
    public bool Streaming { get; set; } = true;

    /// <summary>A conversation with more members than this is answered from what all staff may read.</summary>
    [Range(2, 1000)]
    public int MaximumAudience { get; set; } = 100;

    /// <summary>How long a profile or a member list is taken as true.</summary>
    [Range(0, 3600)]
    public int MembersCachedSeconds { get; set; } = 600;

    /// <summary>Questions, answers and votes from Slack are deleted after so many days.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 90;
}
