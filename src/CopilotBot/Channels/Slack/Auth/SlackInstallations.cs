namespace CopilotBot.Channels.Slack.Auth;

/// <summary>The workspaces that the app is installed in, and the token of each: the one of the settings, or those that were installed by OAuth.</summary>
internal sealed class SlackInstallations(SlackOwnInstall own, SlackOAuthInstalls installs)
{
    /// <summary>The token for calls in the workspace, renewed where it is about to expire; null where the app is not installed, or not any more.</summary>
    public async Task<string?> FindTokenAsync(string workspace, CancellationToken cancellationToken) => (await GetAccessAsync(workspace, cancellationToken)).Token;

    /// <summary>The same, with the reason where there is none.</summary>
    public Task<SlackAccess> GetAccessAsync(string workspace, CancellationToken cancellationToken) =>
        own.IsConfigured ? own.GetAccessAsync(workspace, cancellationToken) : installs.GetAccessAsync(workspace, cancellationToken);

    /// <summary>The install itself; null where the app is not installed, or Slack does not say just now.</summary>
    public async Task<SlackInstallation?> FindAsync(string workspace, CancellationToken cancellationToken) =>
        !own.IsConfigured ? installs.Find(workspace)
        : await own.FindAsync(cancellationToken) is { } install && install.Workspace == workspace ? install
        : null;

    /// <summary>The token was refused as dead or too old; the newer one where there is one by now, else null.</summary>
    public async Task<string?> RenewAsync(string workspace, string refused, CancellationToken cancellationToken) => (await RenewAccessAsync(workspace, refused, cancellationToken)).Token;

    /// <summary>The same, with the reason where there is none.</summary>
    public async Task<SlackAccess> RenewAccessAsync(string workspace, string refused, CancellationToken cancellationToken) =>
        !own.IsConfigured && await installs.RenewAsync(workspace, refused, cancellationToken) is var access && access.Token != refused ? access : SlackAccess.Refused("token refused");

    /// <summary>The app was removed or its token revoked at the time; an older install than that is forgotten, and its token never used again.</summary>
    /// <returns>False where a newer install stands.</returns>
    public bool Remove(string workspace, DateTimeOffset at) => own.IsConfigured ? own.Remove(workspace, at) : installs.Remove(workspace, at);
}
