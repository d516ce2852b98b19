using System.Globalization;
using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace CopilotBot.Tests.Sources.Attachments;

/// <summary>Files as somebody would attach them, made here.</summary>
internal static class SampleFiles
{
    public static byte[] Pdf(params string[] pages)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var text in pages)
        {
            var page = builder.AddPage(PageSize.A4);
            foreach (var (line, i) in text.Split('\n').Select((line, i) => (line, i)).Where(line => line.line.Length > 0))
            {
                page.AddText(line, 12, new PdfPoint(50, 780 - (i * 16)), font);
            }
        }

        return builder.Build();
    }

    /// <summary>A file whose trailer names an encryption that the empty password does not open.</summary>
    public static byte[] LockedPdf()
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var item in (string[])[
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
            $"<< /Filter /Standard /V 1 /R 2 /O <{new string('7', 64)}> /U <{new string('3', 64)}> /P -4 >>"])
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{item}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n").AppendJoin("", offsets.Select(offset => $"{offset:0000000000} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R /Encrypt 3 0 R /ID [<{new string('1', 32)}> <{new string('1', 32)}>] >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>What Office writes when a password is set: a compound file, by its first bytes and the name of its stream.</summary>
    public static byte[] LockedOffice() =>
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[1024], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[512]];

    /// <summary>Looks like a DOCX and is zeros for the most part.</summary>
    public static byte[] Bomb(int megabytes)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("word/document.xml").Open();
            var block = new byte[1024 * 1024];
            for (var i = 0; i < megabytes; i++)
            {
                entry.Write(block);
            }
        }

        return file.ToArray();
    }

    public static byte[] Crowd(int entries)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < entries; i++)
            {
                archive.CreateEntry($"word/{i}");
            }
        }

        return file.ToArray();
    }
}
