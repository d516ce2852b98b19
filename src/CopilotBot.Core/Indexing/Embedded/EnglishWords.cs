using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace CopilotBot.Indexing.Embedded;

/// <summary>Turns text into the words that are indexed and searched: lower case, no possessive, no stop words, Porter stems.</summary>
internal static class EnglishWords
{
    private static readonly Analyzer English = Analyzer.NewAnonymous((_, reader) =>
    {
        var tokenizer = new StandardTokenizer(LuceneVersion.LUCENE_48, reader);
        TokenStream words = new EnglishPossessiveFilter(LuceneVersion.LUCENE_48, tokenizer);
        words = new LowerCaseFilter(LuceneVersion.LUCENE_48, words);
        words = new StopFilter(LuceneVersion.LUCENE_48, words, EnglishAnalyzer.DefaultStopSet);
        return new TokenStreamComponents(tokenizer, new PorterStemFilter(words));
    });

    /// <summary>The words in text order, repeated ones included.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        if (text.Length == 0)
        {
            return words;
        }

        using var stream = English.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            words.Add(term.ToString());
        }

        stream.End();
        return words;
    }
}
