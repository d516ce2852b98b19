using System.Globalization;
using System.Text;
using CopilotBot.Inference;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>
/// Seeded sentences, headings and questions. Words are whole words of the encoder's vocabulary, which lists them roughly by frequency, drawn by Zipf's law; every
/// twentieth word or so is an identifier.
/// </summary>
internal sealed class ScaleText
{
    private const int MostFrequent = 1996; // before it the vocabulary has signs and single characters

    private readonly List<string> _words;
    private readonly double[] _cumulated;

    public ScaleText(ModelEntry encoder)
    {
        _words = [.. Encoding.UTF8.GetString(encoder.Read(ModelEntry.Vocabulary)).Split('\n').Skip(MostFrequent).Select(word => word.Trim()).Where(word => word.Length > 1 && word.All(char.IsAsciiLetter))];
        _cumulated = new double[_words.Count];
        var sum = 0.0;
        for (var rank = 0; rank < _words.Count; rank++)
        {
            _cumulated[rank] = sum += 1.0 / (rank + 1);
        }
    }

    public int Words => _words.Count;

    public string Word(Random random)
    {
        var found = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
        return _words[Math.Min(_words.Count - 1, found < 0 ? ~found : found)];
    }

    /// <summary>A sentence of 6 to 26 words.</summary>
    public string Sentence(Random random)
    {
        var words = Enumerable.Range(0, random.Next(6, 27)).Select(_ => random.Next(20) == 0 ? Identifier(random) : Word(random)).ToList();
        return Capital(string.Join(' ', words)) + ".";
    }

    public string Heading(Random random) => Capital(string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word(random))));

    /// <summary>6 to 25 words: about two thirds of them out of the passage, the rest by chance.</summary>
    public string Question(Random random, string passage)
    {
        var words = passage.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.')).ToArray();
        var asked = Enumerable.Range(0, random.Next(6, 26)).Select(_ => random.Next(3) > 0 ? words[random.Next(words.Length)] : Word(random));
        return Capital(string.Join(' ', asked)) + "?";
    }

    private string Identifier(Random random) => random.Next(4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{Word(random)[..2].ToUpperInvariant()}-{random.Next(1000, 9999)}"),
        1 => string.Create(CultureInfo.InvariantCulture, $"v{random.Next(1, 9)}.{random.Next(20)}.{random.Next(10)}"),
        2 => $"{Word(random)}.corp.example",
        _ => random.Next(10, 5000).ToString(CultureInfo.InvariantCulture),
    };

    private static string Capital(string text) => string.Concat(text[..1].ToUpperInvariant(), text.AsSpan(1));
}
