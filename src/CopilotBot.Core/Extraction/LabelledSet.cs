using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Extraction;

/// <summary>
/// A JSONL file of messages: text, intent, and either tokens and tags (BIO) or slots with character offsets; split, part, style and oos where it has them. The sets
/// tickets-messages, slots-* and intent-* are read as they are.
/// </summary>
public static class LabelledSet
{
    /// <param name="split">"train", "dev" (or "val"), "test"; null for all. A file without splits is all of every split.</param>
    /// <exception cref="LabelledSetException">The file cannot be read; the message names the line and what is wrong.</exception>
    public static IReadOnlyList<LabelledMessage> Read(string path, string? split = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        List<LabelledMessage> messages = [];
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line) && Parse(line, number, path) is var message && (split is null || message.Split.Length == 0 || IsOf(message.Split, split)))
                {
                    messages.Add(message);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabelledSetException($"The set '{path}' cannot be read: name a JSONL file of messages.", exception);
        }

        return messages.Count > 0 ? messages : throw new LabelledSetException($"The set '{path}' has no message{(split is null ? "" : $" of the split '{split}'")}: name another file or split.");
    }

    private static bool IsOf(string split, string wanted) => split == wanted || (wanted == "dev" && split == "val");

    private static LabelledMessage Parse(string line, int number, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var text = row.GetProperty("text").GetString()!;
            var words = row.TryGetProperty("tokens", out var tokens) ? Place(text, [.. tokens.EnumerateArray().Select(token => token.GetString()!)]) : [];
            var tags = row.TryGetProperty("tags", out var labels) ? labels.EnumerateArray().Select(label => label.GetString()!).ToList() : null;
            if (tags is not null && (tags.Count != words.Count || tags.Any(tag => tag != "O" && !(tag.Length > 2 && tag[0] is 'B' or 'I' && tag[1] == '-'))))
            {
                throw new JsonException("tags has to have one of O, B-x and I-x for each of the tokens");
            }

            return new LabelledMessage(text, words, tags, row.GetProperty("intent").GetString()!, Is(row, "oos"), Text(row, "split") ?? "", Text(row, "part"), Text(row, "style"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LabelledSetException($"Line {number} of the set '{path}' is not a message with text, intent and, where it has slots, tokens and tags: {exception.Message}", exception);
        }
    }

    private static List<TextSpan> Place(string text, IReadOnlyList<string> tokens)
    {
        List<TextSpan> words = [];
        var from = 0;
        foreach (var token in tokens)
        {
            var at = text.IndexOf(token, from, StringComparison.Ordinal);
            if (at < 0)
            {
                throw new JsonException($"the token '{token}' is not in the text where it should be");
            }

            words.Add(new TextSpan(at, token.Length));
            from = at + token.Length;
        }

        return words;
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Is(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}

/// <summary>A set cannot be used; the message says why.</summary>
public sealed class LabelledSetException(string message, Exception? inner = null) : Exception(message, inner);
