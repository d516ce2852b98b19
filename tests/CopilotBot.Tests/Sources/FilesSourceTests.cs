using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sources.Files;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Sources;

public sealed class FilesSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_page_whose_metadata_is_missing_or_broken_is_failed_and_readable_by_nobody()
    {
        _folder.Write("confluence/spaces.json", """{"results":[]}""");
        _folder.Write("confluence/pages/1.storage.xml", "<p>Secret.</p>");
        _folder.Write("confluence/pages/2.json", "{ broken");
        _folder.Write("confluence/pages/2.storage.xml", "<p>Secret too.</p>");

        var changes = await ReadAsync(null);

        changes.OfType<SourceChange.Seen>().ShouldBeEmpty();
        changes.OfType<SourceChange.Failed>().Count().ShouldBeGreaterThanOrEqualTo(2);
        changes[^1].ShouldBeOfType<SourceChange.Completed>();
    }

    [Fact]
    public async Task A_child_carries_the_restriction_of_its_ancestor()
    {
        _folder.Write("confluence/spaces.json", """{"results":[{"id":"9","permissions":[]}]}""");
        _folder.Write("confluence/pages/1.json", """{"id":"1","title":"Top","spaceId":"9","restrictions":{"read":{"restrictions":{"user":{"results":[{"accountId":"a"}]}}}}}""");
        _folder.Write("confluence/pages/1.storage.xml", "<p>Top.</p>");
        _folder.Write("confluence/pages/2.json", """{"id":"2","title":"Child","spaceId":"9","parentId":"1"}""");
        _folder.Write("confluence/pages/2.storage.xml", "<p>Child.</p>");

        var child = (await ReadAsync(null)).OfType<SourceChange.Seen>().Single(seen => seen.Document.Title == "Child").Document;

        child.Layers.Select(layer => layer.Value).ShouldBe(["test:space:9", "test:page:1"]);
    }

    [Fact]
    public async Task A_corrupt_line_is_named_and_the_others_are_read()
    {
        _folder.Write("docs.jsonl", "{\"id\":\"a\",\"title\":\"A\",\"body\":\"Text of A.\"}\nnot json\n{\"id\":\"b\",\"title\":\"B\",\"body\":\"Text of B.\"}\n");
        _folder.Write("README.md", "About the export.");

        var changes = await ReadAsync(null);

        changes.OfType<SourceChange.Seen>().Select(seen => seen.Document.Id.Value).ShouldBe(["test:page:a", "test:page:b"]);
        changes.OfType<SourceChange.Failed>().Single().Reason.ShouldBe("Line 2 of 'docs.jsonl' is not valid JSON: correct or remove it.");
    }

    [Fact]
    public async Task Nothing_is_read_again_while_no_file_changes()
    {
        _folder.Write("a.md", "# A\n\nText.");
        var cursor = (await ReadAsync(null)).OfType<SourceChange.Completed>().Single().Cursor;

        (await ReadAsync(cursor)).ShouldContain(change => change is SourceChange.Unchanged);
    }

    [Fact]
    public async Task A_folder_that_is_gone_stops_the_source_with_a_sentence() =>
        (await Should.ThrowAsync<SourceException>(async () => await ReadAsync(null, "gone"))).Message.ShouldContain("check that it exists");

    public void Dispose() => _folder.Dispose();

    private async Task<List<SourceChange>> ReadAsync(SyncCursor? since, string folder = "")
    {
        var changes = new List<SourceChange>();
        await foreach (var change in new FilesSource(new SourceName("test"), new FilesSourceSettings(_folder[folder], [], null)).GetChangesAsync(since, TestContext.Current.CancellationToken))
        {
            changes.Add(change);
        }

        return changes;
    }
}
