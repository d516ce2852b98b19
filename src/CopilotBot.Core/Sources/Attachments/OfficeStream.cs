using DocumentFormat.OpenXml.Packaging;

namespace CopilotBot.Sources.Attachments;

/// <summary>
/// How Office files are opened: as if to be changed, in a copy in memory. Opened to be read, the package of Open XML makes a temporary file for addresses
/// that it corrects, which a confined process may not.
/// </summary>
internal static class OfficeStream
{
    public static OpenSettings Settings => new() { AutoSave = false };

    public static MemoryStream Of(byte[] content)
    {
        var copy = new MemoryStream();
        copy.Write(content);
        copy.Position = 0;
        return copy;
    }
}
