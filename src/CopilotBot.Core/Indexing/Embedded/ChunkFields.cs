using System.Globalization;
using CopilotBot.Knowledge;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneDocument = Lucene.Net.Documents.Document;

namespace CopilotBot.Indexing.Embedded;

/// <summary>The Lucene document of a chunk. Lucene stores no text: text and vectors stand in the passage files.</summary>
internal static class ChunkFields
{
    public const string Title = "title";
    public const string Headings = "headings";
    public const string Body = "body";

    /// <summary>Identifiers, whole.</summary>
    public const string Exact = "exact";

    /// <summary>Word-piece ids, for their document frequencies.</summary>
    public const string Token = "token";

    public const string DocumentId = "document";
    public const string AccessSet = "access";

    /// <summary>Chunk id and ordinal: the order of a view's rows.</summary>
    public const string Key = "key";
    /// <summary>What other texts call the document, one name a line.</summary>
    public const string Names = "names";

    /// <summary>Position among the chunks of the document.</summary>
    public const string Ordinal = "ordinal";

    public const string Address = "address";
    public const string Lengths = "lengths";

    private static readonly FieldType Words = Indexed(IndexOptions.DOCS_AND_FREQS);
    private static readonly FieldType Marks = Indexed(IndexOptions.DOCS_ONLY);

    public static LuceneDocument Create(Chunk chunk, AccessSetId accessSet, ReadOnlySpan<int> tokenIds, PassageAddress address)
    {
        var headingText = string.Join('\n', chunk.HeadingPath);
        var title = EnglishWords.Of(chunk.Title);
        var headings = EnglishWords.Of(headingText);
        var body = EnglishWords.Of(chunk.Text);
        var exact = Identifiers.Of($"{chunk.Title}\n{headingText}\n{chunk.Text}");
        return
        [
            new StringField(DocumentId, chunk.DocumentId.Value, Field.Store.NO),
            new SortedDocValuesField(DocumentId, new BytesRef(chunk.DocumentId.Value)),
            new SortedDocValuesField(AccessSet, new BytesRef(accessSet.Value)),
            new SortedDocValuesField(Key, new BytesRef($"{chunk.Id.Value}\0{chunk.Ordinal.ToString("D6", CultureInfo.InvariantCulture)}")),
            new SortedDocValuesField(Names, new BytesRef(NamesOf(chunk))),
            new NumericDocValuesField(Ordinal, chunk.Ordinal),
            new NumericDocValuesField(Address, address.Packed),
            new NumericDocValuesField(Lengths, new FieldLengths(title.Count, headings.Count, body.Count, tokenIds.Length).Packed),
            new Field(Title, new WordStream(title), Words),
            new Field(Headings, new WordStream(headings), Words),
            new Field(Body, new WordStream(body), Words),
            new Field(Exact, new WordStream(exact), Marks),
            new Field(Token, new WordStream([.. DistinctTerms(tokenIds)]), Marks),
        ];
    }

    public static Term TermOf(DocumentId id) => new(DocumentId, id.Value);

    public static string TokenTerm(int tokenId) => tokenId.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Lucene takes values of up to 32,766 bytes; ids and titles are far from it, but for those that nobody names.</summary>
    private static string NamesOf(Chunk chunk) => string.Join('\n', DocumentName.Of(chunk).Where(name => name.Length <= 1000));

    private static HashSet<string> DistinctTerms(ReadOnlySpan<int> tokenIds)
    {
        var terms = new HashSet<string>(tokenIds.Length, StringComparer.Ordinal);
        foreach (var id in tokenIds)
        {
            terms.Add(TokenTerm(id));
        }

        return terms;
    }

    // No norms: lengths are kept exactly, in the Lengths field.
    private static FieldType Indexed(IndexOptions options)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = options };
        type.Freeze();
        return type;
    }
}
