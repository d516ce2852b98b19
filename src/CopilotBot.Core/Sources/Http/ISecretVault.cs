namespace CopilotBot.Sources.Http;

/// <summary>Secrets that a source hands out while it runs and that have to outlive the process. They are encrypted at rest.</summary>
public interface ISecretVault
{
    /// <summary>Null when there is none, or when the keys to it are lost.</summary>
    string? Find(string name);

    /// <summary>Durable when the call returns.</summary>
    void Save(string name, string secret);

    void Remove(string name);
}
