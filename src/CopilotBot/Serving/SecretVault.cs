using System.Security.Cryptography;
using CopilotBot.Conversations;
using CopilotBot.Sources.Http;
using Microsoft.AspNetCore.DataProtection;

namespace CopilotBot.Serving;

/// <summary>Secrets of sources, encrypted with the key ring, in the store of installations.</summary>
internal sealed partial class SecretVault(IInstallationStore store, IDataProtectionProvider protection, TimeProvider time, ILogger<SecretVault> logger) : ISecretVault
{
    private const string Channel = "sources";

    private readonly IDataProtector _protector = protection.CreateProtector("CopilotBot.Sources.Secrets");

    public string? Find(string name)
    {
        if (store.Find(Channel, name) is not { } row)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(row.Protected);
        }
        catch (CryptographicException)
        {
            Log.Unreadable(logger, name);
            return null;
        }
    }

    public void Save(string name, string secret) => store.Save(new ChannelInstallation(Channel, name, _protector.Protect(secret), time.GetUtcNow()));

    public void Remove(string name)
    {
        while (store.Find(Channel, name) is { } row && !store.TryRemove(row))
        {
            // It was renewed between the two calls.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The stored secret {Name} cannot be read with the present keys: connect the source anew.")]
        public static partial void Unreadable(ILogger logger, string name);
    }
}
