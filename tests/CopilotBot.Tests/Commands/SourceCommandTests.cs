using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class SourceCommandTests
{
    [Fact]
    public async Task A_source_is_indexed_when_it_is_added_listed_and_forgotten_when_it_is_removed()
    {
        using var handbook = new Handbook();

        var added = await handbook.AddAsync();
        added.Exit.ShouldBe(0);
        added.Out.ShouldStartWith("handbook: 2 added, 0 updated, 0 unchanged, 0 deleted, 0 skipped, 0 failed; ");
        added.Error.ShouldContain("Indexing handbook: ");
        (await handbook.RunAsync("source", "list")).Out.ShouldBe($"handbook\tfiles\t{handbook.Pages}\n");
        (await handbook.RunAsync("index", "stats")).Out.ShouldContain("  handbook: 2 documents");

        (await handbook.RunAsync("source", "remove", "handbook")).Exit.ShouldBe(0);

        (await handbook.RunAsync("source", "list")).Out.ShouldBeEmpty();
        (await handbook.RunAsync("index", "stats")).Out.ShouldStartWith("0 documents, 0 passages");
    }

    [Fact]
    public async Task A_second_sync_finds_nothing_to_do_and_a_changed_page_alone_is_read_anew()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        (await handbook.RunAsync("sync")).Out.ShouldContain("0 added, 0 updated");

        handbook.Write("pages/travel.md", "# Business travel\n\nThe daily meal allowance in Lisbon is 45 euros.\n");
        (await handbook.RunAsync("sync", "--source", "handbook")).Out.ShouldContain("0 added, 1 updated, 1 unchanged, 0 deleted");
    }

    [Fact]
    public async Task A_corrupt_file_is_named_and_makes_the_exit_code_1_while_the_rest_is_indexed()
    {
        using var handbook = new Handbook();
        handbook.Write("pages/broken.json", "{ \"issues\": [");

        var run = await handbook.AddAsync();

        run.Exit.ShouldBe(1);
        run.Out.ShouldContain("2 added");
        run.Out.ShouldContain("1 failed");
        run.Error.ShouldContain("broken.json");
    }

    [Theory]
    [InlineData("pages", "Handbook", "'Handbook' is not a source name: use 1 to 40 lower-case letters, digits and hyphens.")]
    [InlineData("pages", "demo", "The name demo belongs to the demo that ships with CopilotBot; choose another name.")]
    [InlineData("nowhere", "handbook", "nowhere does not exist; check --path.")]
    public async Task A_source_that_cannot_be_added_is_refused_in_one_sentence(string path, string name, string sentence)
    {
        using var handbook = new Handbook();

        var run = await handbook.RunAsync("source", "add", "files", "--path", path, "--name", name);

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldEndWith(sentence);
    }

    [Theory]
    [InlineData("--readers", "everybody")]
    [InlineData("--base-url", "handbook")]
    public async Task A_wrong_reader_or_address_is_refused_in_one_sentence(string option, string value)
    {
        using var handbook = new Handbook();

        var run = await handbook.RunAsync("source", "add", "files", "--path", "pages", "--name", "handbook", option, value);

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldStartWith($"'{value}' is no ");
        (await handbook.RunAsync("source", "list")).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        var run = await handbook.AddAsync();

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldStartWith("There is a source named handbook already; ");
    }

    [Theory]
    [InlineData("sync", "--source", "nowhere")]
    [InlineData("source", "remove", "nowhere")]
    public async Task An_unknown_source_is_told_with_the_known_ones(params string[] args)
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        var run = await handbook.RunAsync(args);

        (run.Exit, run.Sentence).ShouldBe((1, "There is no source 'nowhere'; the sources are handbook."));
    }

    [Fact]
    public async Task A_folder_that_is_gone_fails_the_sync_and_keeps_what_was_indexed()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        Directory.Delete(handbook.Pages, recursive: true);

        var run = await handbook.RunAsync("sync");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain(handbook.Pages);
        (await handbook.RunAsync("index", "stats")).Out.ShouldContain("  handbook: 2 documents");
    }
}
