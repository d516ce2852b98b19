using System.IO.Compression;

namespace CopilotBot.Sources.Attachments;

/// <summary>
/// Unpacks an archive once to nowhere, before anything parses it: what its directory says of sizes may be a lie, so what really comes out is counted.
/// </summary>
internal static class ZipExpansion
{
    private const int MaximumEntries = 10_000;

    private const long MaximumBytes = 200L * 1024 * 1024;

    private const long MaximumRatio = 100;

    /// <returns>Names of the entries.</returns>
    /// <exception cref="UnreadableFileException">It has too many entries or too much comes out of it.</exception>
    public static IReadOnlySet<string> Check(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        if (archive.Entries.Count > MaximumEntries || archive.Entries.Sum(entry => (decimal)entry.Length) > MaximumBytes)
        {
            throw new UnreadableFileException(Reasons.Expands);
        }

        var allowed = Math.Min(MaximumBytes, MaximumRatio * content.Length);
        var buffer = new byte[81_920];
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                allowed -= read;
                if (allowed < 0)
                {
                    throw new UnreadableFileException(Reasons.Expands);
                }
            }
        }

        return archive.Entries.Select(entry => entry.FullName.TrimStart('/').Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
