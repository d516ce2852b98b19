namespace CopilotBot.Channels.Slack.Auth;

/// <summary>The workspaces that the app is installed in, and the token of each.</summary>
internal sealed class SlackInstallations
{
    /// <summary>The token for calls in the workspace, renewed where it is about to expire; null where the app is not installed, or not any more.</summary>
    public Task<string?> FindTokenAsync(string workspace, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The token was refused as dead or too old; the newer one where there is one by now, else null.</summary>
    public Task<string?> RenewAsync(string workspace, string refused, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The app was removed or its token revoked at the time; an older install than that is forgotten, and its token never used again.</summary>
    /// <returns>False where a newer install stands.</returns>
    public bool Remove(string workspace, DateTimeOffset at) => throw new NotImplementedException();
}
