using System.Text.RegularExpressions;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>
/// Checks a model's text against the passages that it names. Numbers that point nowhere are removed; a sentence that names no passage, or that its passages do
/// not support, is dropped. A sentence counts as supported when enough of its words stand in the passages and every number, code and address in it does.
/// </summary>
public static partial class CitationVerifier
{
    /// <summary>Share of a sentence's content words that its passages must hold.</summary>
    private const double MinimumSupport = 0.6;

    /// <summary>What is left of the text, sentence by sentence; empty when nothing holds.</summary>
    public static IReadOnlyList<VerifiedSentence> Verify(string text, IReadOnlyList<Passage> passages)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(passages);
        var verified = new List<VerifiedSentence>();
        var byNumber = passages.ToDictionary(passage => passage.Number);
        var wordsOf = passages.ToDictionary(passage => passage.Number, passage => new Lazy<HashSet<string>>(() => Words(passage.Candidate.Indexed.Chunk.EncoderInput).ToHashSet(StringComparer.Ordinal)));
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (statement, numbers) in Statements(line))
            {
                var cited = numbers.Distinct().Where(byNumber.ContainsKey).Select(number => byNumber[number]).ToList();
                if (cited.Count > 0)
                {
                    verified.AddRange(Sentences(statement).Where(sentence => IsSupported(sentence, word => cited.Exists(passage => wordsOf[passage.Number].Value.Contains(word)))).Select(sentence => Bind(sentence, cited)));
                }
            }
        }

        return verified;
    }

    /// <summary>The text between markers, each with the numbers that follow it. Text after the last marker of a line cites nothing and is left out.</summary>
    private static IEnumerable<(string Statement, IReadOnlyList<int> Numbers)> Statements(string line)
    {
        var start = 0;
        foreach (Match match in Markers().Matches(line))
        {
            var statement = line[start..match.Index].Trim().TrimStart('.', ';', ',').Trim();
            start = match.Index + match.Length;
            if (statement.Length > 0)
            {
                yield return (statement, [.. Number().Matches(match.Value).Select(number => int.TryParse(number.Value, out var n) ? n : -1)]);
            }
        }
    }

    private static IEnumerable<string> Sentences(string statement) =>
        SentenceSplitter.Split(statement, new TextSpan(0, statement.Length)).Select(span => span.Of(statement));

    /// <param name="isCited">Whether one of the passages holds the word.</param>
    private static bool IsSupported(string sentence, Func<string, bool> isCited)
    {
        var words = Words(sentence).ToList();
        var content = words.Where(word => word.Length > 3 || word.Any(char.IsDigit)).ToList();
        return words.Count > 0
            && words.Where(word => word.Any(char.IsDigit)).All(isCited)
            && content.Count(isCited) >= MinimumSupport * content.Count;
    }

    /// <summary>Quotes the unit of the cited passages that shares most words with the sentence.</summary>
    private static VerifiedSentence Bind(string sentence, IReadOnlyList<Passage> cited)
    {
        var words = Words(sentence).ToHashSet(StringComparer.Ordinal);
        var (passage, quote, _) = cited
            .SelectMany(passage => passage.Candidate.Indexed.Chunk.Units.Select(unit => unit.Span.Of(passage.Candidate.Indexed.Chunk.Text)).Select(unit => (passage, unit, Shared: Overlap(words, unit))))
            .MaxBy(candidate => candidate.Shared);
        return new VerifiedSentence(sentence, [passage, .. cited.Where(other => other != passage)], quote);
    }

    private static double Overlap(HashSet<string> words, string unit)
    {
        var unitWords = Words(unit).ToHashSet(StringComparer.Ordinal);
        return unitWords.Count == 0 ? 0 : 2.0 * words.Count(unitWords.Contains) / (words.Count + unitWords.Count);
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.ToUpperInvariant());

    [GeneratedRegex(@"(?:\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\])+")]
    private static partial Regex Markers();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:[.,:'’_@/-][\p{L}\p{N}]+)*")]
    private static partial Regex Word();
}
