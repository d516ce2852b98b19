using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using CopilotBot.Conversations;
using Microsoft.AspNetCore.DataProtection;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Installs by OAuth, encrypted in the store.</summary>
internal sealed partial class SlackVault(IInstallationStore store, IDataProtectionProvider protection, ILogger<SlackVault> logger)
{
    public const string Purpose = "CopilotBot.Slack.Installations";

    private const string Channel = "slack";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);
    private readonly ConcurrentDictionary<string, bool> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Null where the app is not installed, or the keys to its token are lost.</summary>
    public SlackStoredInstall? Find(string workspace)
    {
        if (store.Find(Channel, workspace) is not { } row)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(row.Protected), SlackAuthJson.Default.SlackInstallation) is { } install && install.Workspace == workspace
                ? new SlackStoredInstall(install, row)
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            if (_unreadable.TryAdd(row.Protected, true))
            {
                Log.Unreadable(logger, workspace);
            }

            return null;
        }
    }

    public void Save(SlackInstallation install) => store.Save(RowOf(install));

    /// <summary>False where it was removed, or installed anew, meanwhile.</summary>
    public bool TryReplace(SlackStoredInstall seen, SlackInstallation install) => store.TryReplace(seen.Row, RowOf(install));

    /// <summary>Unless it was installed after that time: then the result is false.</summary>
    public bool Remove(string workspace, DateTimeOffset at)
    {
        while (store.Find(Channel, workspace) is { } row)
        {
            if (SlackInstallation.IsOlder(at, row.Installed))
            {
                return false;
            }

            // If it was renewed between the two calls: look again.
            if (store.TryRemove(row))
            {
                return true;
            }
        }

        return true;
    }

    private ChannelInstallation RowOf(SlackInstallation install) =>
        new(Channel, install.Workspace, _protector.Protect(JsonSerializer.Serialize(install, SlackAuthJson.Default.SlackInstallation)), install.Installed);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Slack: the stored token of {Workspace} cannot be decrypted, its key is not in the key ring: put the folder of Security:KeyRing back, or install the app there again.")]
        public static partial void Unreadable(ILogger logger, string workspace);
    }
}
