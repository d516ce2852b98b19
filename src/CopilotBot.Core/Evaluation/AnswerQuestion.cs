using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Evaluation;

/// <summary>A question with what a right answer holds.</summary>
/// <param name="DocId">Native id of the page that answers it; null when no page does.</param>
/// <param name="MustHave">Words that any right answer contains, whatever the case and white space.</param>
/// <param name="Also">Other pages that answer it.</param>
public sealed record AnswerQuestion(string Id, string Question, string? DocId, IReadOnlyList<string>? MustHave, string? Kind, IReadOnlyList<string>? Also)
{
    /// <summary>Words of the page that answer, where the set gives them.</summary>
    public string? Answer { get; init; }

    /// <summary>Reads questions.jsonl.</summary>
    /// <exception cref="EvaluationException">The file is missing, empty, or a line is no question; the message names file and line.</exception>
    public static IReadOnlyList<AnswerQuestion> Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new EvaluationException($"The question file '{path}' does not exist: name a JSONL file with id, question, doc_id and must_have.");
        }

        var questions = new List<AnswerQuestion>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                questions.Add(Parse(line, path, number));
            }
        }

        return questions.Count > 0 ? questions : throw new EvaluationException($"The question file '{path}' holds no question.");
    }

    /// <summary>Writes questions as <see cref="Load"/> reads them.</summary>
    public static Task SaveAsync(string path, IReadOnlyList<AnswerQuestion> questions, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, questions.Select(question => JsonSerializer.Serialize(question, AnswerQuestionJson.Readable.AnswerQuestion)), cancellationToken);

    /// <summary>What a report calls the set: the file, or its folder where the file is called questions.jsonl as in every set.</summary>
    public static string NameOfSet(string path)
    {
        var file = Path.GetFileNameWithoutExtension(path);
        return file == "questions" && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder ? folder : file;
    }

    private static AnswerQuestion Parse(string line, string path, int number)
    {
        try
        {
            var question = JsonSerializer.Deserialize(line, AnswerQuestionJson.Default.AnswerQuestion);
            return question is { Id: not null, Question.Length: > 0 }
                ? question
                : throw new EvaluationException($"Line {number} of '{path}' has no id or no question: correct it.");
        }
        catch (JsonException exception)
        {
            throw new EvaluationException($"Line {number} of '{path}' is not a JSON object with id and question: correct it.", exception);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnswerQuestion))]
internal sealed partial class AnswerQuestionJson : JsonSerializerContext
{
    /// <summary>For people: umlauts stay umlauts.</summary>
    public static AnswerQuestionJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
