using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Indexing.Embedded;

/// <summary>What a killed process can leave behind, made by hand.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_kill_after_any_commit_leaves_that_commit()
    {
        await using var index = EmbeddedKnowledgeIndexTests.Open(_folder.Path, new() { PassagesPerFile = 5 });
        for (var i = 0; i < 8; i++)
        {
            await index.ApplyAsync(Sample.Upsert(Sample.Document($"d{i % 5}", Sample.Public, $"text {i}", "more")) with { Deletions = [Sample.Id($"d{(i + 2) % 5}")] }, Cancel);
            using var view = index.OpenView(Sample.Everything);
            var expected = await view.DumpAsync();

            using var killed = _folder.Copy();
            await ShouldHoldAsync(killed, expected, i + 1);
        }
    }

    [Fact]
    public async Task Tails_and_files_that_no_commit_names_are_removed()
    {
        var expected = await FillAsync();
        await AppendAsync(Directory.GetFiles(_folder.In("passages")), "garbage");
        await File.WriteAllTextAsync(_folder.In("passages", "rows-77.bin"), "half a file", Cancel);
        await File.WriteAllTextAsync(_folder.In("passages", "payload-77.bin"), "half a file", Cancel);

        await ShouldHoldAsync(_folder, expected, 2);

        Directory.GetFiles(_folder.In("passages"), "*-77.bin").ShouldBeEmpty();
    }

    [Fact]
    public async Task Half_written_segments_are_ignored()
    {
        var expected = await FillAsync();
        await File.WriteAllTextAsync(_folder.In("text", "pending_segments_9"), "half", Cancel);
        await File.WriteAllTextAsync(_folder.In("text", "_zz.cfs"), "half", Cancel);
        await File.WriteAllTextAsync(_folder.In("text", "_zz.fdt"), "half", Cancel);

        await ShouldHoldAsync(_folder, expected, 2);
    }

    [Fact]
    public async Task A_commit_whose_last_file_was_never_finished_is_not_there()
    {
        var expected = await FillAsync();
        var written = Directory.GetFiles(_folder.In("text")).Length;
        using var later = _folder.Copy();
        await using (var index = EmbeddedKnowledgeIndexTests.Open(later.Path))
        {
            await index.ApplyAsync(Sample.Upsert(Sample.Document("x", Sample.Public, "later")), Cancel);
        }

        // Everything of the later commit is on disk but its last step, the file that names it.
        foreach (var file in Directory.GetFiles(later.In("passages")).Concat(Directory.GetFiles(later.In("text"), "_*")))
        {
            File.Copy(file, _folder.In(Path.GetRelativePath(later.Path, file)), overwrite: true);
        }

        Directory.GetFiles(_folder.In("text")).Length.ShouldBeGreaterThan(written);
        await ShouldHoldAsync(_folder, expected, 2);
    }

    [Fact]
    public async Task A_kill_before_the_first_commit_leaves_an_empty_index()
    {
        Directory.CreateDirectory(_folder.In("text"));
        Directory.CreateDirectory(_folder.In("passages"));
        await File.WriteAllTextAsync(_folder.In("text", "write.lock"), "", Cancel);
        await File.WriteAllTextAsync(_folder.In("text", "pending_segments_1"), "half", Cancel);

        await ShouldHoldAsync(_folder, [], 0);
    }

    [Theory]
    [InlineData("passages", "rows-*.bin")]
    [InlineData("passages", "payload-*.bin")]
    public async Task A_passage_file_that_is_too_short_is_reported(string folder, string pattern)
    {
        await FillAsync();
        await using (var stream = File.OpenWrite(Directory.GetFiles(_folder.In(folder), pattern).Order(StringComparer.Ordinal).First()))
        {
            stream.SetLength(stream.Length - 1);
        }

        ShouldBeReported();
    }

    [Theory]
    [InlineData("passages", "rows-*.bin")]
    [InlineData("text", "segments_*")]
    [InlineData("text", "_*.cfs")]
    public async Task A_missing_file_is_reported(string folder, string pattern)
    {
        await FillAsync();
        var files = Directory.GetFiles(_folder.In(folder), pattern);
        files.ShouldNotBeEmpty();
        Array.ForEach(files, File.Delete);

        ShouldBeReported();
    }

    [Theory]
    [InlineData("segments_*")]
    [InlineData("_*.cfs")]
    [InlineData("_*.si")]
    public async Task A_text_index_that_is_overwritten_is_reported(string pattern)
    {
        await FillAsync();
        var files = Directory.GetFiles(_folder.In("text"), pattern);
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            Array.Fill(bytes, (byte)0x5A);
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        ShouldBeReported();
    }

    private static async Task AppendAsync(IEnumerable<string> files, string text)
    {
        foreach (var file in files)
        {
            await File.AppendAllTextAsync(file, text, Cancel);
        }
    }

    private static async Task ShouldHoldAsync(TemporaryFolder folder, List<string> expected, long generation)
    {
        await using (var index = EmbeddedKnowledgeIndexTests.Open(folder.Path))
        {
            index.GetStatistics().Generation.ShouldBe(generation);
            using var view = index.OpenView(Sample.Everything);
            (await view.DumpAsync()).ShouldBe(expected);
            await index.ApplyAsync(Sample.Upsert(Sample.Document("after", Sample.Public, "after the crash")), Cancel);
        }

        await using var again = EmbeddedKnowledgeIndexTests.Open(folder.Path);
        using var after = again.OpenView(Sample.Everything);
        after.Count.ShouldBe(expected.Count + 1);
        (await after.LexicalAsync("crash")).Count.ShouldBe(1);
    }

    private async Task<List<string>> FillAsync()
    {
        await using var index = EmbeddedKnowledgeIndexTests.Open(_folder.Path, new() { PassagesPerFile = 3 });
        await index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "one", "two"), Sample.Document("b", Sample.Secret, "three", "four")), Cancel);
        await index.ApplyAsync(new IndexBatch { Upserts = [Sample.Document("c", Sample.Public, "five")], AccessChanges = new Dictionary<DocumentId, AccessSetId> { [Sample.Id("a")] = Sample.Secret } }, Cancel);
        using var view = index.OpenView(Sample.Everything);
        return await view.DumpAsync();
    }

    private void ShouldBeReported() =>
        Should.Throw<IndexException>(() => EmbeddedKnowledgeIndexTests.Open(_folder.Path)).Message
            .ShouldBe($"The index in '{_folder.Path}' is damaged: delete that folder and run `CopilotBot sync --full`.");
}
