using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Sources.Attachments;

/// <summary>How far a file of somebody else is followed. Bound to "Attachments".</summary>
public sealed class AttachmentOptions
{
    /// <summary>Larger files are not read.</summary>
    [Range(1, 1_024)]
    public int MaximumMegabytes { get; set; } = 20;

    /// <summary>Seconds that reading one file may take.</summary>
    [Range(1, 3_600)]
    public int Seconds { get; set; } = 60;

    /// <summary>Characters of text; the rest of a longer file is left out.</summary>
    [Range(1_000, 50_000_000)]
    public int MaximumCharacters { get; set; } = 2_000_000;

    /// <summary>Memory that reading one file may take.</summary>
    [Range(64, 16_384)]
    public int MemoryMegabytes { get; set; } = 512;

    /// <summary>Files read at once; 0 for half the processors.</summary>
    [Range(0, 256)]
    public int AtOnce { get; set; }
}
