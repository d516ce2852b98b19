namespace CopilotBot.Sources.Attachments;

/// <summary>Reasons that are given in more than one place; each goes on after the file's name.</summary>
internal static class Reasons
{
    public const string Damaged = "is damaged or not what its name says: open it, save it again and upload it anew.";

    public const string Locked = "is protected by a password: upload it without one to have it indexed.";

    public const string Expands = "expands to far more than it holds: only files without such packing can be indexed.";

    public const string Stopped = "made its reader stop: open it, save it again and upload it anew.";

    public static string TooLarge(AttachmentOptions limits) => $"has more than {limits.MaximumMegabytes} MB: make it smaller, or raise the setting Attachments:MaximumMegabytes.";

    public static string TooLong(AttachmentOptions limits) => $"took more than {limits.Seconds} s to read: split it, or raise the setting Attachments:Seconds.";

    public static string TooMuchMemory(AttachmentOptions limits) => $"needs more than {limits.MemoryMegabytes} MB of memory to read: split it, or raise the setting Attachments:MemoryMegabytes.";

    public static string Cut(AttachmentOptions limits) => $"has more than {limits.MaximumCharacters} characters: only the first of them are indexed.";

    /// <summary>One sentence for a person. A file's name is somebody else's text: it is shortened, and its line breaks are taken out.</summary>
    public static string For(string fileName, string reason)
    {
        var name = string.Concat(fileName.Where(c => !char.IsControl(c)));
        return $"{(name.Length <= 120 ? name : name[..119] + "…")} {reason}";
    }
}
