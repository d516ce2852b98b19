namespace CopilotBot.Sources.Http;

/// <summary>Secrets of live sources by name of the source, from the environment or user secrets only: <c>Sources__NAME__Token</c>. A class, not a record: nothing prints what it holds.</summary>
public sealed class SourceSecrets
{
    public const string Section = "Sources";

    public Dictionary<string, SourceSecret> ByName { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of variables hold no hyphen, so "my_wiki" stands for "my-wiki" too.</summary>
    public SourceSecret? Find(string source) => ByName.GetValueOrDefault(source) ?? ByName.GetValueOrDefault(source.Replace('-', '_'));

    /// <summary>What an admin has to set for a source.</summary>
    public static string VariableOf(string source, string setting) => $"{Section}__{source.Replace('-', '_')}__{setting}";
}

/// <summary>The secrets of one source; each may be missing.</summary>
public sealed class SourceSecret
{
    /// <summary>API token, scoped token or personal access token.</summary>
    public string? Token { get; set; }

    /// <summary>Of an OAuth app.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The first one; those that follow are kept encrypted.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>What webhooks are signed with.</summary>
    public string? WebhookSecret { get; set; }
}
