namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>The icon of a citation: Teams knows a fixed list of names (facts 3.1). A page or ticket is "Text", an attached file what its ending says.</summary>
internal static class SourceIcon
{
    public static string Of(string title) => Path.GetExtension(title).ToUpperInvariant() switch
    {
        ".DOC" or ".DOCX" => "Microsoft Word",
        ".XLS" or ".XLSX" or ".CSV" => "Microsoft Excel",
        ".PPT" or ".PPTX" => "Microsoft PowerPoint",
        ".VSD" or ".VSDX" => "Microsoft Visio",
        ".PDF" => "PDF",
        ".ZIP" => "ZIP",
        ".GIF" => "GIF",
        ".PNG" or ".JPG" or ".JPEG" or ".SVG" => "Image",
        ".MP4" or ".MOV" => "Video",
        ".MP3" or ".WAV" => "Sound",
        ".CS" or ".PY" or ".JS" or ".TS" or ".SQL" or ".SH" or ".PS1" => "Source Code",
        _ => "Text",
    };
}
