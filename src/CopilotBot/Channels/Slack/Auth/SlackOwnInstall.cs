using System.Net.Http.Headers;
using System.Text.Json;
using CopilotBot.Channels.Slack.Api;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>The one install that the bot token of the settings belongs to. Whose it is, Slack says when first somebody wants to know; one asks at a time.</summary>
internal sealed partial class SlackOwnInstall(SlackHttp http, IOptions<SlackSecrets> secrets, TimeProvider clock, ILogger<SlackOwnInstall> logger) : IDisposable
{
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private readonly SemaphoreSlim _single = new(1, 1);
    private SlackReply? _failure;
    private DateTimeOffset _nextTry = DateTimeOffset.MinValue;
    private volatile SlackInstallation? _known;
    private volatile string _removed = "";

    public bool IsConfigured => !string.IsNullOrEmpty(secrets.Value.BotToken);

    /// <summary>Null when Slack did not say yet, or when the app was removed.</summary>
    public async Task<SlackInstallation?> FindAsync(CancellationToken cancellationToken)
    {
        var install = _known ?? await LearnAsync(secrets.Value.BotToken ?? "", cancellationToken);
        return install is null || install.Workspace == _removed ? null : install;
    }

    public async Task<SlackAccess> GetAccessAsync(string workspace, CancellationToken cancellationToken)
    {
        var install = await FindAsync(cancellationToken);
        if (install is not null || _known is not null)
        {
            return install?.Workspace == workspace ? SlackAccess.Of(install.Token) : SlackAccess.NotInstalled;
        }

        return _failure?.Result switch
        {
            { Status: SendStatus.Forbidden } refused => SlackAccess.Refused(refused.Reason),
            { } trouble => SlackAccess.Later(trouble.Wait ?? PauseAfterTrouble, trouble.Reason),
            null => SlackAccess.Later(PauseAfterTrouble, "workspace not known yet"),
        };
    }

    /// <summary>Dead until a restart brings another token, or this one again.</summary>
    /// <returns>False where that was before this start.</returns>
    public bool Remove(string workspace, DateTimeOffset at)
    {
        if (SlackInstallation.IsOlder(at, _started) || (_known is not null && _known.Workspace != workspace))
        {
            return false;
        }

        _removed = workspace;
        return true;
    }

    public void Dispose() => _single.Dispose();

    private async Task<SlackInstallation?> LearnAsync(string token, CancellationToken cancel)
    {
        await _single.WaitAsync(cancel);
        try
        {
            if (_known is null && clock.GetUtcNow() >= _nextTry)
            {
                _known = await AskAsync(token, cancel);
            }

            return _known;
        }
        finally
        {
            _single.Release();
        }
    }

    private async Task<SlackInstallation?> AskAsync(string token, CancellationToken cancel)
    {
        var reply = SlackOutcome.Of(await http.CallAsync("auth.test", [], new AuthenticationHeaderValue("Bearer", token), cancel));
        if (reply.IsOk && Parse(reply, token) is { } install)
        {
            Log.Known(logger, install.Workspace);
            return install;
        }

        var isNews = _failure?.Result.Reason != reply.Result.Reason;
        _failure = reply.IsOk ? reply with { Result = new SendResult(SendStatus.Unknown, Reason: "auth.test names no workspace") } : reply;
        _nextTry = clock.GetUtcNow() + (reply.Result.Wait ?? (reply.Result.Status == SendStatus.Forbidden ? PauseAfterRefusal : PauseAfterTrouble));
        if (isNews)
        {
            Log.NotKnown(logger, _failure.Result.Reason, SlackSecrets.BotTokenVariable);
        }

        return null;
    }

    private SlackInstallation? Parse(SlackReply reply, string token)
    {
        var (enterprise, team) = (WireJson.Words(reply.Body, "enterprise_id"), WireJson.Words(reply.Body, "team_id"));
        var isOrgWide = WireJson.Property(reply.Body, "is_enterprise_install").ValueKind == JsonValueKind.True;
        var key = SlackInstallation.KeyOf(enterprise, team, isOrgWide);
        return key.Length == 0
            ? null
            : new SlackInstallation(
                key, enterprise, isOrgWide ? null : team, isOrgWide, WireJson.Text(reply.Body, "app_id") ?? "", WireJson.Text(reply.Body, "user_id") ?? "", token, RefreshToken: null, Expires: null, _started);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Slack: the bot token belongs to {Workspace}.")]
        public static partial void Known(ILogger logger, string workspace);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack does not say whose the bot token is ({Reason}): if that goes on, check {Variable} and the way to Slack.")]
        public static partial void NotKnown(ILogger logger, string reason, string variable);
    }
}
