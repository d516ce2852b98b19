using System.Collections.Concurrent;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Tokens of the workspaces that installed the app by OAuth, renewed before they expire; one renewal of an install at a time (facts/slack.md §7).</summary>
internal sealed partial class SlackOAuthInstalls(SlackVault vault, SlackOAuth oauth, TimeProvider clock, ILogger<SlackOAuthInstalls> logger)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(2);

    /// <summary>Trouble, or a Slack that refuses every token, must not make the bot renew for each message.</summary>
    private static readonly TimeSpan RenewPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    public SlackInstallation? Find(string workspace) => vault.Find(workspace)?.Install;

    public async Task<SlackAccess> GetAccessAsync(string workspace, CancellationToken cancellationToken) => vault.Find(workspace) switch
    {
        null => SlackAccess.NotInstalled,
        { Install: var install } when !IsDue(install) => SlackAccess.Of(install.Token),
        _ => await RenewAsync(workspace, refused: null, cancellationToken),
    };

    /// <param name="refused">The token that Slack refused; null to renew before it does.</param>
    public async Task<SlackAccess> RenewAsync(string workspace, string? refused, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(workspace, _ => new Gate());
        await gate.Single.WaitAsync(cancellationToken);
        try
        {
            return await RenewAsync(workspace, refused, gate);
        }
        finally
        {
            gate.Single.Release();
        }
    }

    public bool Remove(string workspace, DateTimeOffset at) => vault.Remove(workspace, at);

    private async Task<SlackAccess> RenewAsync(string workspace, string? refused, Gate gate)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            if (vault.Find(workspace) is not { } stored)
            {
                return SlackAccess.NotInstalled;
            }

            var install = stored.Install;
            if (install.RefreshToken is null || (refused is null ? !IsDue(install) : install.Token != refused))
            {
                return SlackAccess.Of(install.Token);
            }

            if (clock.GetUtcNow() is var now && now < gate.NextTry)
            {
                return OldOr(install, refused, gate.Failure.Wait is null ? gate.Failure : SlackAccess.Later(gate.NextTry - now, gate.Failure.Problem));
            }

            var reply = await oauth.RefreshAsync(install.RefreshToken);
            if (reply.IsOk && oauth.Renew(install, reply.Body) is { } renewed)
            {
                (gate.NextTry, gate.Failure) = (clock.GetUtcNow() + RenewPause, SlackAccess.Refused("token refused"));
                if (vault.TryReplace(stored, renewed))
                {
                    Log.Renewed(logger, workspace);
                    return SlackAccess.Of(renewed.Token);
                }

                // Removed, or installed anew: what it is now counts.
                continue;
            }

            if (isFirst && reply.Error == "invalid_refresh_token" && vault.Find(workspace)?.Install.RefreshToken != install.RefreshToken)
            {
                continue;
            }

            return Failed(install, refused, reply.Result, gate);
        }
    }

    private SlackAccess Failed(SlackInstallation install, string? refused, SendResult result, Gate gate)
    {
        var (wait, isNews) = (result.Wait ?? RenewPause, gate.Failure.Problem != result.Reason);
        var isTransient = result.Status is SendStatus.TryAgain or SendStatus.Unknown or SendStatus.Done;
        (gate.NextTry, gate.Failure) = (clock.GetUtcNow() + wait, isTransient ? SlackAccess.Later(wait, result.Reason) : SlackAccess.Refused(result.Reason));
        if (isTransient)
        {
            Log.NotRenewed(logger, install.Workspace, result.Reason);
        }
        else if (isNews)
        {
            Log.RenewalRefused(logger, install.Workspace, result.Reason, SlackSecrets.ClientSecretVariable);
        }

        return OldOr(install, refused, gate.Failure);
    }

    /// <summary>As long as the old token lives, it does.</summary>
    private SlackAccess OldOr(SlackInstallation install, string? refused, SlackAccess otherwise) =>
        install.Token != refused && !(install.Expires <= clock.GetUtcNow()) ? SlackAccess.Of(install.Token) : otherwise;

    private bool IsDue(SlackInstallation install) => install.RefreshToken is not null && install.Expires - clock.GetUtcNow() <= RenewBefore;

    /// <summary>Renewals of one install, one after the other.</summary>
    private sealed class Gate
    {
        public SemaphoreSlim Single { get; } = new(1, 1);

        public DateTimeOffset NextTry { get; set; } = DateTimeOffset.MinValue;

        /// <summary>What to say until then.</summary>
        public SlackAccess Failure { get; set; } = SlackAccess.NotInstalled;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Slack: the token of {Workspace} was renewed.")]
        public static partial void Renewed(ILogger logger, string workspace);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack: the token of {Workspace} could not be renewed yet ({Reason}).")]
        public static partial void NotRenewed(ILogger logger, string workspace, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Slack does not renew the token of {Workspace} ({Reason}): check {Variable}, or install the app there again.")]
        public static partial void RenewalRefused(ILogger logger, string workspace, string reason, string variable);
    }
}
