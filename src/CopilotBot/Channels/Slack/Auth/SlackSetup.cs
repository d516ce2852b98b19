using System.Text.RegularExpressions;
using CopilotBot.Channels.Slack.Api;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Whether the settings can work at all.</summary>
internal static partial class SlackSetup
{
    /// <summary>Slack is served: its events can come in, by HTTP or by sockets.</summary>
    public static bool IsOn(SlackOptions options, SlackSecrets secrets) => options.SocketMode ? Has(secrets.AppToken) : Has(secrets.SigningSecret);

    /// <summary>Installs by OAuth are offered.</summary>
    public static bool IsInstallable(SlackOptions options, SlackSecrets secrets) => Has(options.ClientId) && Has(secrets.ClientSecret) && IsHttps(options.PublicUrl);

    /// <summary>A sentence that says what to change, or null. It never holds a secret.</summary>
    public static string? Problem(SlackOptions options, SlackSecrets secrets) =>
        IsUntouched(options, secrets) ? null : ProblemOfEvents(options, secrets) ?? ProblemOfTokens(options, secrets) ?? ProblemOfInstalls(options, secrets) ?? ProblemOfPeople(options);

    private static bool IsUntouched(SlackOptions options, SlackSecrets secrets) =>
        !options.SocketMode && !Has(options.ClientId) && !Has(secrets.SigningSecret) && !Has(secrets.BotToken) && !Has(secrets.AppToken) && !Has(secrets.ClientSecret);

    private static string? ProblemOfEvents(SlackOptions options, SlackSecrets secrets) =>
        !SlackAddresses.IsApiUrl(options.ApiUrl)
            ? "Slack:ApiUrl is neither an https address nor one of this machine: repair it, or leave it out to use Slack's own."
        : options.SocketMode && !Has(secrets.AppToken)
            ? $"Slack:SocketMode needs an app token: put it into the environment variable {SlackSecrets.AppTokenVariable}, or switch Socket Mode off."
        : !options.SocketMode && !Has(secrets.SigningSecret)
            ? $"Slack has no signing secret: put it into the environment variable {SlackSecrets.SigningSecretVariable}, or set Slack:SocketMode and {SlackSecrets.AppTokenVariable}."
        : null;

    private static string? ProblemOfTokens(SlackOptions options, SlackSecrets secrets) =>
        !Has(secrets.BotToken) && !Has(options.ClientId)
            ? $"Slack has no bot token: put it into the environment variable {SlackSecrets.BotTokenVariable}, or set Slack:ClientId for installs by OAuth."
        : Has(secrets.BotToken) && Has(options.ClientId)
            ? $"{SlackSecrets.BotTokenVariable} and Slack:ClientId are both set: keep the token for one workspace, or the client id for installs by OAuth."
        : Has(secrets.BotToken) && secrets.BotToken!.StartsWith("xoxe", StringComparison.Ordinal) // Has says that it is there
            ? $"{SlackSecrets.BotTokenVariable} holds a token that expires: switch token rotation off for the app, or set Slack:ClientId to install it by OAuth."
        : Has(secrets.BotToken) && !secrets.BotToken!.StartsWith("xoxb-", StringComparison.Ordinal)
            ? $"{SlackSecrets.BotTokenVariable} holds something that is no bot token: those begin with \"xoxb-\"."
        : options.SocketMode && !secrets.AppToken!.StartsWith("xapp-", StringComparison.Ordinal) // looked at before
            ? $"{SlackSecrets.AppTokenVariable} holds something that is no app token: those begin with \"xapp-\"."
        : null;

    private static string? ProblemOfInstalls(SlackOptions options, SlackSecrets secrets) => !Has(options.ClientId) ? null
        : !Has(secrets.ClientSecret)
            ? $"Slack:ClientId needs a client secret: put it into the environment variable {SlackSecrets.ClientSecretVariable}."
        : !IsHttps(options.PublicUrl)
            ? "Slack:ClientId needs Slack:PublicUrl: set it to the https address where people reach this bot."
        : null;

    private static string? ProblemOfPeople(SlackOptions options) =>
        options.AllowedTeams.Any(team => !TeamShape.IsMatch(team))
            ? "Slack:AllowedTeams holds something that is no id: list ids of workspaces (T…) or organisations (E…)."
        : options.EmailDomains.Count > 0 && options.AllowedTeams.Count == 0
            ? "Slack:EmailDomains without Slack:AllowedTeams would identify nobody: list the workspaces or organisations whose people the domains belong to."
        : null;

    private static bool Has(string? setting) => !string.IsNullOrEmpty(setting);

    private static bool IsHttps(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address is { UserInfo: "", Query: "", Fragment: "" };

    [GeneratedRegex(@"\A[TE][A-Za-z0-9_-]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TeamShape { get; }
}
