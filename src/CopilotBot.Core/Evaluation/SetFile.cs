using System.Text.Json;

namespace CopilotBot.Evaluation;

/// <summary>Reads the files of a set line by line; what is wrong with a line is told with its number.</summary>
internal static class SetFile
{
    private const string NoObject = "it is not a JSON object";

    public static IReadOnlyList<T> ReadJson<T>(string folder, string file, Func<SetRow, T> parse) => Read(folder, file, line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.ValueKind == JsonValueKind.Object ? parse(new SetRow(json.RootElement)) : throw new FormatException(NoObject);
    });

    /// <summary>What each line that is not blank says. The parser throws <see cref="FormatException"/> with what is wrong, as the end of a sentence.</summary>
    /// <exception cref="EvaluationException">The file is missing, or a line cannot be parsed.</exception>
    public static IReadOnlyList<T> Read<T>(string folder, string file, Func<string, T> parse)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            throw new EvaluationException($"The set '{folder}' has no {file}: name a folder with corpus.jsonl, queries.jsonl and qrels.jsonl.");
        }

        var rows = new List<T>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            try
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    rows.Add(parse(line));
                }
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
            {
                throw new EvaluationException($"Line {number} of '{path}' cannot be used: {(exception is FormatException ? exception.Message : NoObject)}.", exception);
            }
        }

        return rows;
    }
}
