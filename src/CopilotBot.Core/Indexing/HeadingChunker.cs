using System.Security.Cryptography;
using System.Text;
using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>
/// Cuts a document into chunks along its headings. A chunk never crosses a heading; it is filled unit by unit up to the target size. Tables are
/// cut between rows with the header repeated, lists between items with the sentence that introduces them repeated, code stays whole up to the maximum.
/// </summary>
/// <param name="countTokens">Word pieces of a text in the encoder's own vocabulary, CLS and SEP left out.</param>
public sealed class HeadingChunker(Func<string, int> countTokens)
{
    /// <summary>The encoder reads 256 tokens, CLS and SEP among them.</summary>
    private const int MaximumTokens = 254;

    private const int TargetTokens = 198;

    /// <summary>Longer title and heading paths are shortened from the outside in.</summary>
    private const int MaximumPrefixTokens = 64;

    /// <summary>The chunks of the document in text order: at least one, unless it has neither text nor title.</summary>
    public IReadOnlyList<Chunk> Split(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var chunks = new List<Chunk>();
        foreach (var section in Section.Of(document))
        {
            Pack(document, section, chunks);
        }

        return chunks.Count == 0 && !string.IsNullOrWhiteSpace(document.Title) ? [WithoutBlocks(document)] : chunks;
    }

    /// <summary>A ticket without a description is found and quoted by what it is called, a page of headings by those.</summary>
    private Chunk WithoutBlocks(Document document)
    {
        var (title, _, prefixTokens) = FitPrefix(document.Title, []);
        var text = document.Body.Text.Length > 0 ? document.Body.Text : title;
        var units = new List<ChunkUnit>();
        var token = prefixTokens;
        foreach (var sentence in SentenceSplitter.Split(text, new TextSpan(0, text.Length)))
        {
            var tokens = countTokens(sentence.Of(text));
            if (token + tokens <= MaximumTokens)
            {
                units.Add(new ChunkUnit(UnitKind.Sentence, sentence, token, tokens, -1));
                token += tokens;
            }
        }

        text = text[..(units.Count > 0 ? units[^1].Span.End : 0)];
        return new Chunk
        {
            Id = IdOf(document.Id, [], 0, text),
            DocumentId = document.Id,
            Ordinal = 0,
            Title = title,
            HeadingPath = [],
            Anchor = "",
            Text = text,
            Span = new TextSpan(0, document.Body.Text.Length > 0 ? text.Length : 0),
            Units = units,
            Key = document.Key,
        };
    }

    private void Pack(Document document, Section section, List<Chunk> chunks)
    {
        var (title, headings, prefixTokens) = FitPrefix(document.Title, section.HeadingPath);
        var pieces = section.Pieces(document.Body.Text, countTokens, MaximumTokens - prefixTokens);
        var ordinal = 0;
        var first = 0;
        while (first < pieces.Count)
        {
            var repeated = RepeatedPiece(pieces, first);
            var size = prefixTokens + (repeated?.Tokens ?? 0);
            if (repeated is not null && size + pieces[first].Tokens > MaximumTokens)
            {
                repeated = null;
                size = prefixTokens;
            }

            var last = first;
            size += pieces[first].Tokens;
            while (last + 1 < pieces.Count && size + pieces[last + 1].Tokens <= Limit(pieces, last + 1, prefixTokens))
            {
                size += pieces[++last].Tokens;
            }

            // A header or a lead-in at the end of a chunk belongs to what follows.
            while (last > first && last + 1 < pieces.Count && pieces[last + 1].LeadIn == last)
            {
                last--;
            }

            chunks.Add(Build(document, section, title, headings, prefixTokens, pieces, first, last, repeated, ordinal++, chunks.Count));
            first = last + 1;
        }
    }

    /// <summary>A short rest may stretch the chunk beyond its target, so that no crumb is left behind.</summary>
    private static int Limit(IReadOnlyList<Piece> pieces, int next, int prefixTokens)
    {
        var rest = 0;
        for (var i = next; i < pieces.Count && rest <= MaximumTokens; i++)
        {
            rest += pieces[i].Tokens;
        }

        return rest <= (MaximumTokens - prefixTokens) / 5 ? MaximumTokens : TargetTokens;
    }

    private static Piece? RepeatedPiece(IReadOnlyList<Piece> pieces, int first)
    {
        var leadIn = pieces[first].LeadIn;
        return leadIn >= 0 && leadIn < first ? pieces[leadIn] : null;
    }

    private (string Title, IReadOnlyList<string> Headings, int Tokens) FitPrefix(string title, IReadOnlyList<string> headings)
    {
        var tokens = PrefixTokens(title, headings);
        while (tokens > MaximumPrefixTokens && headings.Count > 1)
        {
            headings = [.. headings.Skip(1)];
            tokens = PrefixTokens(title, headings);
        }

        while (tokens > MaximumPrefixTokens && (title.Length > 40 || headings is [{ Length: > 40 }]))
        {
            title = Shorten(title);
            headings = [.. headings.Select(Shorten)];
            tokens = PrefixTokens(title, headings);
        }

        return (title, headings, tokens);

        static string Shorten(string text) => text.Length > 40 ? text[..Math.Max(40, text.Length * 3 / 4)].TrimEnd() : text;
    }

    private int PrefixTokens(string title, IReadOnlyList<string> headings) => countTokens(Chunk.PrefixOf(title, headings));

    private static Chunk Build(
        Document document, Section section, string title, IReadOnlyList<string> headings, int prefixTokens,
        IReadOnlyList<Piece> pieces, int first, int last, Piece? repeated, int ordinalInSection, int ordinal)
    {
        var source = document.Body.Text;
        var span = new TextSpan(pieces[first].Span.Start, pieces[last].Span.End - pieces[first].Span.Start);
        var text = new StringBuilder();
        var units = new List<ChunkUnit>();
        var token = prefixTokens;
        if (repeated is not null)
        {
            text.Append(repeated.Span.Of(source)).Append('\n');
            units.Add(new ChunkUnit(repeated.Kind, new TextSpan(0, repeated.Span.Length), token, repeated.Tokens, -1));
            token += repeated.Tokens;
        }

        var shift = text.Length - span.Start;
        text.Append(span.Of(source));
        var unitOf = new Dictionary<int, int>();
        if (repeated is not null)
        {
            unitOf[pieces[first].LeadIn] = 0;
        }

        for (var i = first; i <= last; i++)
        {
            var piece = pieces[i];
            unitOf[i] = units.Count;
            units.Add(new ChunkUnit(
                piece.Kind, new TextSpan(piece.Span.Start + shift, piece.Span.Length), token, piece.Tokens, unitOf.GetValueOrDefault(piece.LeadIn, -1)));
            token += piece.Tokens;
        }

        return new Chunk
        {
            Id = IdOf(document.Id, section.HeadingPath, ordinalInSection, text.ToString()),
            DocumentId = document.Id,
            Ordinal = ordinal,
            Title = title,
            HeadingPath = headings,
            Anchor = section.Anchor,
            Text = text.ToString(),
            Span = span,
            Units = units,
            Key = document.Key,
            Links =
            [
                .. document.Body.Links
                    .Where(link => link.Span.Start >= span.Start && link.Span.End <= span.End)
                    .Select(link => DocumentName.OfLink(document.Id, link.Target))
                    .OfType<string>()
                    .Distinct(),
            ],
        };
    }

    private static ChunkId IdOf(DocumentId document, IReadOnlyList<string> headings, int ordinal, string text)
    {
        var canonical = $"{string.Join('\n', headings)}\n{ordinal}\n{text}";
        return new ChunkId($"{document.Value}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))[..16]}");
    }
}
