namespace CopilotBot.Inference;

/// <summary>A file to pull, and how to know that it is the right one.</summary>
public sealed class PulledFileOptions
{
    /// <summary>https, or http to this machine.</summary>
    public string Url { get; set; } = "";

    /// <summary>64 hexadecimal digits.</summary>
    public string Sha256 { get; set; } = "";
}
