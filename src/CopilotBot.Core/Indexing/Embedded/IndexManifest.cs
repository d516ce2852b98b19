using System.Globalization;

namespace CopilotBot.Indexing.Embedded;

/// <summary>What is written into the Lucene commit, so that text index and passage files change in one step.</summary>
internal sealed record IndexManifest(long Generation, int SentenceDimensions, int TokenDimensions, int NextFile, IReadOnlyList<PassageFileLength> Files)
{
    /// <summary>Version of fields, analysis and file layout; raising it asks for a new index.</summary>
    private const string Format = "2";

    /// <summary>Fingerprint of the encoder that made the vectors; empty where it was not noted.</summary>
    public string Encoder { get; init; } = "";

    public static IndexManifest Empty { get; } = new(0, 0, 0, 1, []);

    /// <returns>Null when the data is not of this version of the index.</returns>
    public static IndexManifest? Parse(IDictionary<string, string> data)
    {
        if (!data.TryGetValue("format", out var format) || format != Format)
        {
            return null;
        }

        var files = data["files"].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ParseFile);
        return new IndexManifest(Number(data["generation"]), (int)Number(data["sentenceDimensions"]), (int)Number(data["tokenDimensions"]), (int)Number(data["nextFile"]), [.. files])
        {
            Encoder = data.TryGetValue("encoder", out var encoder) ? encoder : "",
        };
    }

    public Dictionary<string, string> ToCommitData() => new()
    {
        ["format"] = Format,
        ["encoder"] = Encoder,
        ["generation"] = Text(Generation),
        ["sentenceDimensions"] = Text(SentenceDimensions),
        ["tokenDimensions"] = Text(TokenDimensions),
        ["nextFile"] = Text(NextFile),
        ["files"] = string.Join(';', Files.Select(file => $"{Text(file.Number)}:{Text(file.Rows)}:{Text(file.PayloadBytes)}")),
    };

    private static PassageFileLength ParseFile(string text)
    {
        var parts = text.Split(':');
        return new PassageFileLength((int)Number(parts[0]), (int)Number(parts[1]), Number(parts[2]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
