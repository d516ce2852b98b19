using System.Globalization;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// Names and shape of passage files. A pair of files has one number: "rows-N.bin" has a row of fixed size for every chunk (header, then the
/// sentence vector, so that a dense search reads nothing else); "payload-N.bin" has the rest, at the offset that the row names.
/// </summary>
internal static class PassageLayout
{
    /// <summary>Payload offset (8 bytes), payload length (4 bytes), tokens (4 bytes).</summary>
    public const int HeaderBytes = 16;

    public static int RowBytes(int sentenceDimensions) => HeaderBytes + sentenceDimensions;

    public static string RowsPath(string folder, int number) => Path.Combine(folder, $"rows-{number.ToString(CultureInfo.InvariantCulture)}.bin");

    public static string PayloadPath(string folder, int number) => Path.Combine(folder, $"payload-{number.ToString(CultureInfo.InvariantCulture)}.bin");
}
