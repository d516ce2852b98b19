using System.Text.RegularExpressions;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// Turns text into the words that are indexed and searched: lower case, no possessive, no stop words, Porter stems. What is written as one word but made of
/// several (AzureBlobFileSystem.open, hadoop-client_3) counts as a whole and by its parts.
/// </summary>
internal static partial class EnglishWords
{
    private static readonly Analyzer English = Analyzer.NewAnonymous((_, reader) =>
    {
        var tokenizer = new StandardTokenizer(LuceneVersion.LUCENE_48, reader);
        TokenStream words = new EnglishPossessiveFilter(LuceneVersion.LUCENE_48, tokenizer);
        words = new LowerCaseFilter(LuceneVersion.LUCENE_48, words);
        words = new StopFilter(LuceneVersion.LUCENE_48, words, EnglishAnalyzer.DefaultStopSet);
        return new TokenStreamComponents(tokenizer, new PorterStemFilter(words));
    });

    /// <summary>The words in text order, then the parts of compounds; repeated ones included.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        AddWords(text, words);
        foreach (var compound in Compound().EnumerateMatches(text))
        {
            AddParts(text.Substring(compound.Index, compound.Length), words);
        }

        return words;
    }

    private static void AddParts(string compound, List<string> words)
    {
        var parts = Part().Matches(compound);
        if (parts.Count > 1 && !Hyphenated().IsMatch(compound))
        {
            var (known, found) = (new List<string>(), new List<string>());
            AddWords(compound, known);
            AddWords(string.Join(' ', parts.Where(part => part.Length > 1)), found);
            words.AddRange(found.Except(known));
        }
    }

    private static void AddWords(string text, List<string> words)
    {
        if (text.Length == 0)
        {
            return;
        }

        using var stream = English.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            words.Add(term.ToString());
        }

        stream.End();
    }

    // Only what can have parts: a joint, or a capital or digit on the way.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?=[\p{L}\p{N}]*(?:[._:/\\#@+=-]+[\p{L}\p{N}]|[\p{L}\p{N}]\p{Lu}|\p{N}\p{L}|\p{L}\p{N}))[\p{L}\p{N}]+(?:[._:/\\#@+=-]+[\p{L}\p{N}]+)*")]
    private static partial Regex Compound();

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?\p{Ll}+\p{N}*|\p{N}+\p{L}*|\p{L}+")]
    private static partial Regex Part();

    // The tokenizer cuts these already.
    [GeneratedRegex(@"^\p{Lu}?\p{Ll}+(?:-\p{L}+)+$")]
    private static partial Regex Hyphenated();
}
