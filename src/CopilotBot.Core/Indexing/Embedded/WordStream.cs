using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace CopilotBot.Indexing.Embedded;

/// <summary>Hands words that are already analysed to Lucene, so that their number is known and no analyzer can differ between index and query.</summary>
internal sealed class WordStream : TokenStream
{
    private readonly IReadOnlyList<string> _words;
    private readonly ICharTermAttribute _term;
    private int _next;

    public WordStream(IReadOnlyList<string> words)
    {
        _words = words;
        _term = AddAttribute<ICharTermAttribute>();
    }

    public override bool IncrementToken()
    {
        if (_next == _words.Count)
        {
            return false;
        }

        ClearAttributes();
        _term.SetEmpty().Append(_words[_next++]);
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _next = 0;
    }
}
