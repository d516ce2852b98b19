using System.Globalization;
using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Indexing.Embedded;

/// <summary>
/// Nobody can learn anything from a view about what it hides: it equals, to the bit, the view of an index that never held the hidden
/// documents, however both came about.
/// </summary>
public sealed class NonInterferenceTests
{
    private static readonly string[] Words = ["apple", "apples", "pear", "plum", "tree", "trees", "the", "VPN-4021", "v2.14.1", "a.b.example", "me@b.example", "salary", "board"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_view_equals_an_index_without_the_hidden_documents(int seed)
    {
        var random = new Random(seed);
        var options = new EmbeddedIndexOptions
        {
            PassagesPerFile = random.Next(1, 20),
            TitleWeight = 1 + (random.Next(3) * 0.7f),
            HeadingWeight = 1 + (random.Next(3) * 0.3f),
        };
        var sets = Enumerable.Range(0, 4).Select(i => Sample.Set($"set{i}")).ToArray();
        var allowed = new AllowedSets(sets.Where(_ => random.Next(2) == 0));

        using var mixedFolder = new TemporaryFolder();
        using var cleanFolder = new TemporaryFolder();
        await using var mixed = EmbeddedKnowledgeIndexTests.Open(mixedFolder.Path, options);
        await using var clean = EmbeddedKnowledgeIndexTests.Open(cleanFolder.Path, options);
        var final = await FillAsync(mixed, sets, random);
        await clean.ApplyAsync(Sample.Upsert([.. final.Values.Where(document => allowed.Contains(document.AccessSet)).OrderByDescending(document => document.Id.Value, StringComparer.Ordinal)]), Cancel);

        using var restricted = mixed.OpenView(allowed);
        using var pure = clean.OpenView(new AllowedSets(sets));

        (restricted.Count, restricted.Documents).ShouldBe((pure.Count, pure.Documents));
        (await restricted.DumpAsync()).ShouldBe(await pure.DumpAsync());
        var tokens = Words.Select(Sample.TokenId).ToList();
        restricted.GetTokenWeights(tokens).ShouldBe(pure.GetTokenWeights(tokens));
        foreach (var top in new[] { 3, 1000 })
        {
            var query = Text(random, 4);
            var vector = Sample.UnitVector(random, Sample.SentenceDimensions);
            (await restricted.SearchLexicalAsync(query, top, Cancel)).ShouldBe(await pure.SearchLexicalAsync(query, top, Cancel), $"query '{query}'");
            (await restricted.LexicalAsync(query, top)).ShouldBe(await pure.LexicalAsync(query, top), $"query '{query}'");
            if (pure.Count > 0)
            {
                (await restricted.SearchDenseAsync(vector, top, Cancel)).ShouldBe(await pure.SearchDenseAsync(vector, top, Cancel));
                (await restricted.DenseAsync(vector, top)).ShouldBe(await pure.DenseAsync(vector, top));
                var rows = Enumerable.Range(0, pure.Count).ToList();
                (await restricted.ScoreAsync(query, vector, rows, Cancel)).ShouldBeEquivalentTo(await pure.ScoreAsync(query, vector, rows, Cancel));
                (await restricted.MatchTokensAsync(Sample.Encode(query), rows, Cancel)).ShouldBeEquivalentTo(await pure.MatchTokensAsync(Sample.Encode(query), rows, Cancel));
                (await restricted.FindMentionsAsync(rows, Cancel)).ShouldBeEquivalentTo(await pure.FindMentionsAsync(rows, Cancel));
                rows.Select(restricted.GetDocument).ShouldBe(rows.Select(pure.GetDocument));
            }
        }

        var documents = Enumerable.Range(0, 30).Select(i => Sample.Id(i.ToString(CultureInfo.InvariantCulture))).ToList();
        (await restricted.GetRowsAsync(documents, Cancel)).ShouldBeEquivalentTo(await pure.GetRowsAsync(documents, Cancel));
    }

    /// <summary>Applies random batches of every kind.</summary>
    /// <returns>The documents that the index holds in the end.</returns>
    private static async Task<Dictionary<DocumentId, IndexedDocument>> FillAsync(EmbeddedKnowledgeIndex index, AccessSetId[] sets, Random random)
    {
        var documents = new Dictionary<DocumentId, IndexedDocument>();
        for (var batch = random.Next(1, 8); batch > 0; batch--)
        {
            var upserts = Enumerable.Range(0, random.Next(12)).Select(_ => RandomDocument(sets, random)).DistinctBy(document => document.Id).ToList();
            var deletions = documents.Keys.Where(_ => random.Next(6) == 0).Except(upserts.Select(document => document.Id)).ToList();
            var moved = documents.Keys.Where(_ => random.Next(5) == 0).Except(deletions).Except(upserts.Select(document => document.Id)).ToDictionary(id => id, _ => Pick(sets, random));
            await index.ApplyAsync(new IndexBatch { Upserts = upserts, Deletions = deletions, AccessChanges = moved }, Cancel);

            deletions.ForEach(id => documents.Remove(id));
            upserts.ForEach(document => documents[document.Id] = document);
            foreach (var (id, set) in moved)
            {
                documents[id] = documents[id] with { AccessSet = set };
            }
        }

        return documents;
    }

    private static IndexedDocument RandomDocument(AccessSetId[] sets, Random random)
    {
        var id = Sample.Id(random.Next(30).ToString(CultureInfo.InvariantCulture));
        return Sample.Document(id, Pick(sets, random), Text(random, 3), [.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random, 12))]);
    }

    private static string Text(Random random, int longest) => string.Join(' ', Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => Pick(Words, random)));

    private static T Pick<T>(T[] items, Random random) => items[random.Next(items.Length)];
}
