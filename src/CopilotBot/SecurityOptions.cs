namespace CopilotBot;

/// <summary>How what is secret is kept. Bound to "Security".</summary>
internal sealed class SecurityOptions
{
    /// <summary>Folder of the keys that encrypt stored tokens and sign the form of the web page; empty for "keys" in the data folder.</summary>
    public string KeyRing { get; set; } = "";
}
