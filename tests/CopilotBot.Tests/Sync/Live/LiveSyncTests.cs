using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Sync.Live;

/// <summary>The engine over the real stores and the real index; only the source and the encoder are made up.</summary>
public sealed class LiveSyncTests : IAsyncDisposable
{
    private static readonly UserIdentity Ada = new("wiki:ada", "Ada", true);

    private static readonly UserIdentity Bo = new("wiki:bo", "Bo", true);

    private readonly FakeTimeProvider _time = new(Some.Day);
    private readonly LiveSyncOptions _options = new() { ChunksPerCommit = 2 };
    private readonly ScriptedLiveSource _source;
    private readonly LiveBench _bench;

    public LiveSyncTests()
    {
        _source = new ScriptedLiveSource(_time);
        _source.Layers.AddRange([new AccessLayer(Some.Layer("all"), [Principal.LicensedAt(Some.Source)]), new AccessLayer(Some.Layer("few"), [Principal.User(Some.Source, "ada")])]);
        _source.People.AddRange([Some.Person("ada", null, Principal.LicensedAt(Some.Source)), Some.Person("bo", null, Principal.LicensedAt(Some.Source))]);
        foreach (var (name, text) in new[] { ("one", "alpha words"), ("two", "beta words"), ("three", "gamma words") })
        {
            _source.Add(Some.Document(name, text));
        }

        _bench = new LiveBench(_source, _options, _time);
    }

    private List<string> Embedded => _bench.Embedded;

    private LiveSync Sync => _bench.Sync;

    private LiveSession Session => _bench.Session;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_run_reads_everything_and_a_second_one_nothing()
    {
        var first = await RunAsync();

        (first.Added, first.ChunksEmbedded, first.Error).ShouldBe((3, 3, null));
        (await FindAsync("beta", Bo)).ShouldBe(["wiki:page:two"]);
        _source.Read.Clear();
        Embedded.Clear();

        (await RunAsync()).Added.ShouldBe(0);

        _source.Read.ShouldBeEmpty();
        Embedded.ShouldBeEmpty();
        Sync.Ledger.IsInSync.ShouldBeTrue();
        var scope = Sync.Ledger.Scopes.ShouldHaveSingleItem();
        (scope.Expected, scope.Indexed, scope.Waiting).ShouldBe((3, 3, 0));
    }

    [Fact]
    public async Task A_change_is_read_once_although_every_look_overlaps_the_one_before()
    {
        await RunAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        _source.Add(Some.Document("two", "delta words", version: "2"));
        _source.Read.Clear();

        await LookAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync();

        _source.Read.ShouldBe([Some.Id("two")]);
        (await FindAsync("delta", Bo)).ShouldBe(["wiki:page:two"]);
        (await FindAsync("beta", Bo)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_changed_before_a_change_that_was_seen_and_shown_late_is_still_found()
    {
        await RunAsync();
        _time.Advance(TimeSpan.FromMinutes(20));
        _source.Add(Some.Document("one", "late words", version: "2"));
        _time.Advance(TimeSpan.FromMinutes(3));
        _source.Add(Some.Document("two", "early words", version: "2"));
        var hidden = _source.Modified[Some.Id("one")];
        _source.Modified[Some.Id("one")] = DateTimeOffset.MinValue; // the source's index lags
        await LookAsync();
        _source.Modified[Some.Id("one")] = hidden;

        await LookAsync();

        (await FindAsync("late", Bo)).ShouldBe(["wiki:page:one"]);
    }

    [Fact]
    public async Task Unchanged_text_is_never_embedded_again_and_a_change_of_readers_touches_no_vector()
    {
        await RunAsync();
        Embedded.Clear();
        _source.Add(Some.Document("two", "beta words", layer: "few", version: "2"));
        await LookAsync();

        Embedded.ShouldBeEmpty();
        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
        (await FindAsync("beta", Bo)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restriction_counts_when_access_was_read_without_the_item_being_read()
    {
        _source.Add(Some.Document("two", "beta words"), PartOf("two", "4", "secret remark"));
        await RunAsync();
        _source.Read.Clear();
        _source.ItemLayers[Some.Id("two")] = [Some.Layer("all"), Some.Layer("few")];

        await ReadAccessAsync();

        _source.Read.ShouldBeEmpty();
        (await FindAsync("beta", Bo)).ShouldBeEmpty();
        (await FindAsync("secret", Bo)).ShouldBeEmpty();
        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
        (await FindAsync("secret", Ada)).ShouldBe(["wiki:page:two#comment:4"]);
        _bench.Documents.Find(Some.Id("two"))!.Layers.ShouldBe([Some.Layer("all"), Some.Layer("few")]);

        _source.ItemLayers[Some.Id("two")] = [Some.Layer("all")];
        await ReadAccessAsync();

        (await FindAsync("secret", Bo)).ShouldBe(["wiki:page:two#comment:4"]);
    }

    [Fact]
    public async Task A_part_keeps_the_condition_of_its_own_when_those_of_its_item_change()
    {
        _source.Layers.Add(new AccessLayer(Some.Layer("agents"), [Principal.User(Some.Source, "bo")]));
        _source.Add(Some.Document("two", "beta words"), PartOf("two", "4", "internal remark") with { Layers = [Some.Layer("all"), Some.Layer("agents")] });
        await RunAsync();
        _source.ItemLayers[Some.Id("two")] = [Some.Layer("few")];

        await ReadAccessAsync();

        (await FindAsync("internal", Bo)).ShouldBeEmpty();
        (await FindAsync("internal", Ada)).ShouldBeEmpty();
        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
    }

    [Fact]
    public async Task Readers_that_were_read_before_a_newer_reading_of_access_do_not_come_back()
    {
        await RunAsync();
        _source.Add(Some.Document("two", "delta words", version: "2"));
        await Sync.Steps.Changes.RunAsync(Session, Cancel);
        _source.AfterReading = async () =>
        {
            _source.ItemLayers[Some.Id("two")] = [Some.Layer("all"), Some.Layer("few")];
            await ReadAccessAsync();
        };

        await ReadAsync();

        (await FindAsync("delta", Bo)).ShouldBeEmpty();
        (await FindAsync("delta", Ada)).ShouldBe(["wiki:page:two"]);
    }

    [Fact]
    public async Task Somebody_who_left_a_group_finds_nothing_from_the_next_reading_of_access_on()
    {
        await RunAsync();
        _source.People.RemoveAt(1);

        await ReadAccessAsync();

        (await FindAsync("beta", Bo)).ShouldBeEmpty();
        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
    }

    [Fact]
    public async Task Access_that_was_not_read_for_too_long_counts_for_nothing_until_it_is_read()
    {
        await RunAsync();
        _source.AccessFault = new SourceException("It does not answer.");
        _time.Advance(TimeSpan.FromHours(25));

        Sync.Steps.Access.Expire(Session);

        (await FindAsync("beta", Ada)).ShouldBeEmpty();
        _source.AccessFault = null;
        await ReadAccessAsync();
        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
    }

    [Theory]
    [InlineData(GoneReason.Deleted, 24)]
    [InlineData(GoneReason.NotFound, 168)]
    public async Task What_is_gone_is_hidden_at_once_and_purged_after_its_grace(GoneReason reason, int hours)
    {
        await RunAsync();
        _source.Lose(Some.Id("two"), reason);

        await RunAsync();

        (await FindAsync("beta", Ada)).ShouldBeEmpty();
        _bench.Index.GetDocuments(Some.Source).Count.ShouldBe(3);
        _time.Advance(TimeSpan.FromHours(hours - 1));
        await RunAsync();
        _bench.Index.GetDocuments(Some.Source).Count.ShouldBe(3);
        _time.Advance(TimeSpan.FromHours(2));
        await RunAsync();
        _bench.Index.GetDocuments(Some.Source).ShouldBe([Some.Id("one"), Some.Id("three")], ignoreOrder: true);
        _bench.Documents.Find(Some.Id("two")).ShouldBeNull();
        Sync.Ledger.IsInSync.ShouldBeTrue();
    }

    [Fact]
    public async Task What_comes_back_is_found_again_without_being_embedded()
    {
        await RunAsync();
        var two = _source.Documents[Some.Id("two")];
        _source.Lose(Some.Id("two"), GoneReason.NotFound);
        await RunAsync();
        Embedded.Clear();
        _source.Add(two);

        await RunAsync();

        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
        Embedded.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_listing_leaves_out_is_read_before_it_counts_as_gone()
    {
        await RunAsync();
        _source.Unlisted.Add(Some.Id("two"));

        await RunAsync();

        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
        Sync.Ledger.IsInSync.ShouldBeTrue();
    }

    [Fact]
    public async Task A_listing_that_breaks_off_deletes_nothing_and_says_so()
    {
        await RunAsync();
        _source.Lose(Some.Id("two"), GoneReason.Deleted);
        _source.Documents.Remove(Some.Id("three"));
        _source.ListingFault = new SourceException("The listing of ENG broke off: it is tried again.");

        var report = await RunAsync();

        report.Error.ShouldBe("The listing of ENG broke off: it is tried again.");
        (await FindAsync("gamma", Ada)).ShouldBe(["wiki:page:three"]);
        Sync.Ledger.IsInSync.ShouldBeFalse();
    }

    [Fact]
    public async Task A_listing_that_shrank_too_much_deletes_nothing_unless_it_is_forced()
    {
        for (var i = 0; i < 10; i++)
        {
            _source.Add(Some.Document($"more{i}", $"more words {i}"));
        }

        await RunAsync();
        for (var i = 0; i < 10; i++)
        {
            _source.Lose(Some.Id($"more{i}"), GoneReason.NotFound);
        }

        (await RunAsync()).Error.ShouldNotBeNull().ShouldContain("shrank from 13 to 3");
        (await FindAsync("more", Ada)).Count.ShouldBe(10);

        (await RunAsync(full: true)).Error.ShouldBeNull();
        (await FindAsync("more", Ada)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scope_that_cannot_be_read_keeps_its_documents()
    {
        await RunAsync();
        _source.ScopeProblem = "ENG cannot be listed: give the account access.";
        _time.Advance(TimeSpan.FromDays(30));

        (await RunAsync()).Error.ShouldBe("ENG cannot be listed: give the account access.");

        _bench.Index.GetDocuments(Some.Source).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_poisoned_item_blocks_nobody_keeps_what_is_indexed_of_it_and_is_tried_again_with_growing_pauses()
    {
        await RunAsync();
        _source.Poisoned.Add(Some.Id("two"));
        _source.Add(Some.Document("two", "delta words", version: "2"));
        _source.Add(Some.Document("three", "epsilon words", version: "2"));

        var report = await RunAsync();

        report.Failed.ShouldHaveSingleItem().Reason.ShouldBe("It answers 500.");
        (await FindAsync("epsilon", Ada)).ShouldBe(["wiki:page:three"]);
        (await FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"]);
        var scope = Sync.Ledger.Scopes.ShouldHaveSingleItem();
        (scope.Expected, scope.Indexed, scope.Failed, scope.IsInSync).ShouldBe((3, 2, 1, false));
        _source.Read.Clear();
        foreach (var minutes in new[] { 1, 2, 4 })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await ReadAsync();
            _source.Read.ShouldBeEmpty();
            _time.Advance(TimeSpan.FromSeconds(1));
            await ReadAsync();
            _source.Read.ShouldBe([Some.Id("two")]);
            _source.Read.Clear();
        }

        _source.Poisoned.Clear();
        _time.Advance(TimeSpan.FromMinutes(8));
        await ReadAsync();
        (await FindAsync("delta", Ada)).ShouldBe(["wiki:page:two"]);
        Sync.Ledger.IsInSync.ShouldBeTrue();
    }

    [Fact]
    public async Task An_item_over_which_the_source_breaks_fails_alone()
    {
        _source.Breaking.Add(Some.Id("two"));

        var report = await RunAsync();

        report.Failed.ShouldHaveSingleItem().Id.ShouldBe(Some.Id("two"));
        (await FindAsync("alpha", Ada)).ShouldBe(["wiki:page:one"]);
        (await FindAsync("gamma", Ada)).ShouldBe(["wiki:page:three"]);
    }

    [Fact]
    public async Task A_part_that_is_not_named_any_more_goes()
    {
        _source.Add(Some.Document("two", "beta words"), PartOf("two", "4", "secret remark"));
        await RunAsync();
        _source.Add(Some.Document("two", "beta words", version: "2"));

        await RunAsync();

        (await FindAsync("secret", Ada)).ShouldBeEmpty();
        _bench.Index.GetDocuments(Some.Source).ShouldNotContain(Some.Id("two").Part("comment", "4"));
    }

    [Fact]
    public async Task A_source_that_asks_to_wait_keeps_what_was_read_and_says_until_when()
    {
        var until = Some.Day.AddHours(1);
        _source.ReadingFault = new SourceThrottledException(until);

        (await RunAsync()).Error.ShouldNotBeNull().ShouldContain($"{until:u}");

        Sync.Ledger.State.SuspendedUntil.ShouldBe(until);
        Sync.Ledger.Waiting.ShouldBe(3);
        _source.ReadingFault = null;
        (await RunAsync()).Added.ShouldBe(3);
        Sync.Ledger.IsInSync.ShouldBeTrue();
    }

    [Fact]
    public async Task What_happens_to_an_item_while_it_is_read_is_read_too()
    {
        await RunAsync();
        _source.Add(Some.Document("two", "delta words", version: "2"));
        await Sync.Steps.Changes.RunAsync(Session, Cancel);
        _source.BeforeHandingOver = () =>
        {
            _source.BeforeHandingOver = () => Task.CompletedTask;
            _time.Advance(TimeSpan.FromSeconds(1));
            _source.Add(Some.Document("two", "zeta words", version: "3"));
            Sync.Notice(new WebhookHint([Some.Id("two")], false));
            return Task.CompletedTask;
        };

        await ReadAsync();

        (await FindAsync("zeta", Ada)).ShouldBe(["wiki:page:two"]);
    }

    [Fact]
    public async Task Scopes_whose_layers_change_their_kind_are_read_again()
    {
        await RunAsync();
        _source.Read.Clear();
        _source.ScopesToRead.Add("1");

        await ReadAccessAsync();
        await ReadAsync();

        _source.Read.Count.ShouldBe(3);
        Embedded.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_full_run_reads_everything_and_embeds_only_what_changed()
    {
        await RunAsync();
        _time.Advance(TimeSpan.FromHours(1));
        _source.Documents[Some.Id("two")] = Some.Document("two", "silent words"); // the same version: no listing shows it
        _source.Read.Clear();
        Embedded.Clear();

        await RunAsync(full: true);

        _source.Read.Count.ShouldBe(3);
        Embedded.ShouldHaveSingleItem().ShouldContain("silent");
    }

    /// <summary>Killed before and behind every single write of a run that changes everything, and started again.</summary>
    [Fact]
    public async Task Whatever_write_a_run_is_killed_at_the_next_ones_end_where_an_uninterrupted_one_does()
    {
        for (var step = 0; ; step++)
        {
            await using var test = new LiveSyncTests();
            await test.RunAsync();
            test._time.Advance(TimeSpan.FromMinutes(1));
            test._source.Add(Some.Document("one", "epsilon words", version: "2"));
            test._source.Add(Some.Document("two", "beta words", layer: "few", version: "2"));
            test._source.Lose(Some.Id("three"), GoneReason.Deleted);
            test._source.Add(Some.Document("four", "zeta words"), PartOf("four", "9", "eta remark"));
            test._bench.Fuse.BreakAt(step);
            var report = await test.RunAsync();
            test._bench.Fuse.BreakAt(int.MaxValue);
            await test._bench.ReopenAsync();

            (await test.FindAsync("beta", Bo)).ShouldBeSubsetOf(["wiki:page:two"]);
            await test.RunAsync();

            (await test.FindAsync("epsilon", Bo)).ShouldBe(["wiki:page:one"], $"step {step}");
            (await test.FindAsync("alpha", Bo)).ShouldBeEmpty($"step {step}");
            (await test.FindAsync("beta", Bo)).ShouldBeEmpty($"step {step}");
            (await test.FindAsync("beta", Ada)).ShouldBe(["wiki:page:two"], $"step {step}");
            (await test.FindAsync("gamma", Ada)).ShouldBeEmpty($"step {step}");
            (await test.FindAsync("eta", Bo)).ShouldBe(["wiki:page:four#comment:9"], $"step {step}");
            test.Sync.Ledger.IsInSync.ShouldBeTrue($"step {step}");
            if (report.Error is null)
            {
                step.ShouldBeGreaterThan(10);
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static Document PartOf(string item, string id, string text) => Some.Document(item, text) with { Id = Some.Id(item).Part("comment", id), Title = $"Remark on {item}", Kind = DocumentKind.Comment };

    private Task<SyncReport> RunAsync(bool full = false) => _bench.RunAsync(full);

    private Task LookAsync() => _bench.LookAsync();

    private Task ReadAsync() => _bench.ReadAsync();

    private Task ReadAccessAsync() => _bench.ReadAccessAsync();

    private Task<List<string>> FindAsync(string words, UserIdentity asker) => _bench.FindAsync(words, asker);
}
