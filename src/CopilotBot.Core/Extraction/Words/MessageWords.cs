using System.Text;
using CopilotBot.Knowledge;

namespace CopilotBot.Extraction.Words;

/// <summary>The words of a message as features see them.</summary>
internal sealed class MessageWords
{
    private const int LongestShape = 12;

    public MessageWords(string text, IReadOnlyList<TextSpan> spans)
    {
        Words = [.. spans.Select(span => span.Of(text))];
        Lower = [.. Words.Select(Fold)];
        Shapes = [.. Words.Select(word => ShapeOf(word, 2))];
        Chunks = new string[Words.Count];
        Places = new string[Words.Count];
        Quoted = new bool[Words.Count];
        BeginsLine = new bool[Words.Count];
        ReadChunks(text, spans);
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>Lower case; a number is as many zeros as it has digits, at most five.</summary>
    public IReadOnlyList<string> Lower { get; }

    /// <summary>"Xxx" is Xxx, "2024" is 00.</summary>
    public IReadOnlyList<string> Shapes { get; }

    /// <summary>Shape of what stands between white space, without punctuation around it: "X-0" of "(VPN-421),"; "." for that punctuation.</summary>
    public string[] Chunks { get; }

    /// <summary>Where the word stands in its chunk: "B", "E", "BE" or "".</summary>
    public string[] Places { get; }

    public bool[] Quoted { get; }

    public bool[] BeginsLine { get; }

    private static string Fold(string word) => word.All(char.IsDigit) ? new string('0', Math.Min(word.Length, 5)) : word.ToLowerInvariant();

    private static string ShapeOf(string word, int repeats)
    {
        var shape = new StringBuilder();
        var run = 0;
        foreach (var character in word)
        {
            var kind = char.IsDigit(character) ? '0' : char.IsUpper(character) ? 'X' : char.IsLetter(character) ? 'x' : character;
            run = shape.Length > 0 && shape[^1] == kind ? run + 1 : 1;
            if (run <= repeats)
            {
                shape.Append(kind);
            }
        }

        return shape.ToString();
    }

    private void ReadChunks(string text, IReadOnlyList<TextSpan> spans)
    {
        var inQuotes = false;
        for (var first = 0; first < spans.Count;)
        {
            var last = first;
            while (last + 1 < spans.Count && spans[last + 1].Start == spans[last].End)
            {
                last++;
            }

            var (begin, end) = Trim(first, last);
            var shape = ShapeOf(string.Concat(Words.Skip(begin).Take(end - begin + 1)), 1);
            for (var word = first; word <= last; word++)
            {
                Chunks[word] = word < begin || word > end ? "." : shape.Length > LongestShape ? shape[..LongestShape] : shape;
                Places[word] = (word == begin ? "B" : "") + (word == end ? "E" : "");
                inQuotes ^= Words[word] is "\"" or "“" or "”" or "„";
                Quoted[word] = inQuotes;
            }

            BeginsLine[first] = text.AsSpan(0, spans[first].Start).TrimEnd(' ') is [] or [.., '\n'];
            first = last + 1;
        }
    }

    private (int First, int Last) Trim(int first, int last)
    {
        while (first < last && IsPunctuation(Words[first]))
        {
            first++;
        }

        while (last > first && IsPunctuation(Words[last]))
        {
            last--;
        }

        return (first, last);
    }

    private static bool IsPunctuation(string word) => word is [',' or '.' or ';' or ':' or '!' or '?' or '(' or ')' or '"' or '\''];
}
