using CopilotBot.Knowledge;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// What has to be known of every chunk of a commit without asking Lucene each time. Chunks are numbered as Lucene numbers them in this
/// commit; deleted ones have no address.
/// </summary>
internal sealed class ChunkTable
{
    private const long Deleted = -1;
    private readonly long[] _addresses;
    private readonly long[] _lengths;
    private readonly int[] _accessSets;
    private readonly int[] _documents;
    private readonly List<AccessSetId> _accessSetIds = [];
    private readonly List<DocumentId> _documentIds = [];
    private readonly List<string> _names = [];
    private readonly List<int> _openings = [];
    private readonly List<int> _nameNumbers = [];

    public ChunkTable(DirectoryReader reader)
    {
        var ordinals = new int[reader.MaxDoc];
        var nameNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        _addresses = new long[reader.MaxDoc];
        _lengths = new long[reader.MaxDoc];
        _accessSets = new int[reader.MaxDoc];
        _documents = new int[reader.MaxDoc];
        var accessNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var documentNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var leaf in reader.Leaves)
        {
            Read(leaf, accessNumbers, documentNumbers, nameNumbers, ordinals);
        }

        _accessSetIds.AddRange(accessNumbers.OrderBy(pair => pair.Value).Select(pair => new AccessSetId(pair.Key)));
        _documentIds.AddRange(documentNumbers.OrderBy(pair => pair.Value).Select(pair => new DocumentId(pair.Key)));
        _names.AddRange(nameNumbers.OrderBy(pair => pair.Value).Select(pair => pair.Key));
        Ordered = Order(reader);
        ByAddress = [.. Ordered];
        Array.Sort(Array.ConvertAll(Ordered, chunk => _addresses[chunk]), ByAddress);
        foreach (var chunk in Ordered)
        {
            var file = Address(chunk).File;
            LiveRows[file] = LiveRows.GetValueOrDefault(file) + 1;
            Tokens += Lengths(chunk).Tokens;
        }
    }

    /// <summary>All chunks that are not deleted, by chunk id.</summary>
    public int[] Ordered { get; }

    /// <summary>The same chunks in the order in which their passages lie in the files.</summary>
    public int[] ByAddress { get; }

    public int MaxChunk => _addresses.Length;

    public long Tokens { get; }

    /// <summary>Chunks that are not deleted, by number of their passage file.</summary>
    public Dictionary<int, int> LiveRows { get; } = [];

    public IReadOnlyList<AccessSetId> AccessSetIds => _accessSetIds;

    public IReadOnlyList<DocumentId> DocumentIds => _documentIds;

    public PassageAddress Address(int chunk) => PassageAddress.Unpack(_addresses[chunk]);

    public FieldLengths Lengths(int chunk) => FieldLengths.Unpack(_lengths[chunk]);

    /// <summary>Index into <see cref="AccessSetIds"/>.</summary>
    public int AccessSet(int chunk) => _accessSets[chunk];

    public DocumentId Document(int chunk) => _documentIds[_documents[chunk]];

    /// <summary>Index into <see cref="DocumentIds"/>.</summary>
    public int DocumentNumber(int chunk) => _documents[chunk];

    /// <summary>The first chunk of a document, given by its number.</summary>
    public int Opening(int document) => _openings[document];

    /// <summary>What other texts call a document, given by its number.</summary>
    public string[] Names(int document) => _names[_nameNumbers[document]].Split('\n');

    private void Read(
        AtomicReaderContext leaf, Dictionary<string, int> accessNumbers, Dictionary<string, int> documentNumbers, Dictionary<string, int> nameNumbers, int[] ordinals)
    {
        var reader = leaf.AtomicReader;
        var live = reader.LiveDocs;
        var addresses = reader.GetNumericDocValues(ChunkFields.Address);
        var lengths = reader.GetNumericDocValues(ChunkFields.Lengths);
        var access = new Renumbering(reader.GetSortedDocValues(ChunkFields.AccessSet), accessNumbers);
        var documents = new Renumbering(reader.GetSortedDocValues(ChunkFields.DocumentId), documentNumbers);
        var names = new Renumbering(reader.GetSortedDocValues(ChunkFields.Names), nameNumbers);
        var ordinalValues = reader.GetNumericDocValues(ChunkFields.Ordinal);
        for (var i = 0; i < reader.MaxDoc; i++)
        {
            var chunk = leaf.DocBase + i;
            if (live is not null && !live.Get(i))
            {
                _addresses[chunk] = Deleted;
                continue;
            }

            _addresses[chunk] = addresses.Get(i);
            _lengths[chunk] = lengths.Get(i);
            _accessSets[chunk] = access.Number(i);
            var document = _documents[chunk] = documents.Number(i);
            ordinals[chunk] = (int)ordinalValues.Get(i);
            if (document == _openings.Count)
            {
                _openings.Add(chunk);
                _nameNumbers.Add(names.Number(i));
            }
            else if (ordinals[chunk] < ordinals[_openings[document]])
            {
                (_openings[document], _nameNumbers[document]) = (chunk, names.Number(i));
            }
        }
    }

    private int[] Order(DirectoryReader reader)
    {
        var keys = MultiDocValues.GetSortedValues(reader, ChunkFields.Key);
        var live = new List<int>(reader.NumDocs);
        var ordinals = new List<int>(reader.NumDocs);
        for (var chunk = 0; chunk < _addresses.Length; chunk++)
        {
            if (_addresses[chunk] != Deleted)
            {
                live.Add(chunk);
                ordinals.Add(keys.GetOrd(chunk));
            }
        }

        var ordered = live.ToArray();
        Array.Sort(ordinals.ToArray(), ordered);
        return ordered;
    }

    /// <summary>Maps the numbers that a value has in one segment to numbers that hold for the commit.</summary>
    private sealed class Renumbering(SortedDocValues values, Dictionary<string, int> numbers)
    {
        private readonly int[] _known = [.. Enumerable.Repeat(-1, values.ValueCount)];
        private readonly BytesRef _value = new();

        public int Number(int chunk)
        {
            var local = values.GetOrd(chunk);
            if (_known[local] < 0)
            {
                values.LookupOrd(local, _value);
                var text = _value.Utf8ToString();
                if (!numbers.TryGetValue(text, out var number))
                {
                    number = numbers.Count;
                    numbers.Add(text, number);
                }

                _known[local] = number;
            }

            return _known[local];
        }
    }
}
