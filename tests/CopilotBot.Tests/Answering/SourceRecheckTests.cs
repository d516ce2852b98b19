using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Sources;
using CopilotBot.Storage;
using CopilotBot.Tests.Storage;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Sync.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Answering;

public sealed class SourceRecheckTests : IDisposable
{
    private static readonly UserIdentity Ada = new("wiki:ada", "Ada", true);

    private readonly OpenedState _state = new();
    private readonly FakeTimeProvider _time = new(Some.Day);
    private readonly LogRecorder _log = new();
    private readonly LiteAccessStore _access;
    private readonly LiteDocumentStore _documents;
    private readonly ScriptedLiveSource _source;

    public SourceRecheckTests()
    {
        (_access, _documents, _source) = (new LiteAccessStore(_state.Database), new LiteDocumentStore(_state.Database), new ScriptedLiveSource(_time));
        _access.ReplaceDirectory(
            Some.Source,
            [new AccessLayer(Some.Layer("all"), [Principal.LicensedAt(Some.Source)]), new AccessLayer(Some.Layer("few"), [Principal.User(Some.Source, "ada")])],
            [Some.Person("ada", "ada@halvorne.example"), Some.Person("ada2", "Ada@halvorne.example"), Some.Person("bo", "bo@halvorne.example")]);
        Document[] documents = [Some.Document("open"), Some.Document("closed", layer: "few")];
        _documents.Save(documents);
        foreach (var document in documents)
        {
            _access.AddSet(document.AccessSet, document.Layers);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_source_refuses_is_refused_open_or_not()
    {
        _source.MayRead = (_, _) => false;

        (await AskAsync(Create())).ShouldBe(["wiki:page:closed", "wiki:page:open"]);
    }

    [Fact]
    public async Task What_one_account_of_the_person_may_read_they_may_read()
    {
        _source.MayRead = (account, _) => account == "ada2";

        (await AskAsync(Create())).ShouldBeEmpty();
        _source.Asked.Select(asked => asked.Account).Order().ShouldBe(["ada", "ada2"]);
    }

    [Fact]
    public async Task Without_a_clear_answer_what_is_restricted_is_refused_and_what_is_open_stays()
    {
        _source.MayRead = (account, _) => account == "ada" ? false : null;

        (await AskAsync(Create())).ShouldBe(["wiki:page:closed"]);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_in_time_is_not_waited_for()
    {
        _source.BeforeMayRead = () => Task.Delay(Timeout.InfiniteTimeSpan, _time, CancellationToken.None);
        var asking = AskAsync(Create());
        while (!asking.IsCompleted)
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(50));
        }

        (await asking).ShouldBe(["wiki:page:closed"]);
    }

    [Fact]
    public async Task A_source_that_breaks_takes_what_is_restricted_and_says_so_in_the_log()
    {
        _source.BeforeMayRead = () => throw new SourceException("'wiki' cannot be reached.");

        (await AskAsync(Create())).ShouldBe(["wiki:page:closed"]);
        _log.ToString().ShouldContain("Source wiki could not be asked");
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_is_as_one_that_does_not_answer() =>
        (await AskAsync(Create(_ => throw new SourceException("Its token is missing.")))).ShouldBe(["wiki:page:closed"]);

    [Fact]
    public async Task Whoever_has_no_account_there_sees_what_is_open() =>
        (await AskAsync(Create(), UserIdentity.LocalStaff)).ShouldBe(["wiki:page:closed"]);

    [Fact]
    public async Task An_answer_counts_for_a_minute()
    {
        var recheck = Create();
        await AskAsync(recheck);
        _source.MayRead = (_, _) => false;
        _time.Advance(TimeSpan.FromSeconds(59));

        (await AskAsync(recheck)).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await AskAsync(recheck)).Count.ShouldBe(2);
        _source.Asked.Count.ShouldBe(4);
        _source.Asked.ShouldAllBe(asked => asked.Documents.Count == 2);
    }

    [Fact]
    public async Task No_answer_is_not_kept()
    {
        var recheck = Create();
        _source.MayRead = (_, _) => null;
        await AskAsync(recheck);
        _source.MayRead = (_, _) => true;

        (await AskAsync(recheck)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Folders_are_not_asked() => (await AskAsync(Create(_ => null))).ShouldBeEmpty();

    [Fact]
    public async Task It_can_be_switched_off()
    {
        _source.MayRead = (_, _) => false;

        (await AskAsync(Create(options: new RecheckOptions { Enabled = false }))).ShouldBeEmpty();
        _source.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_moves_up_is_asked_for_too()
    {
        _source.MayRead = (_, document) => document != Some.Id("closed");
        var headers = Headers();

        var refused = await Create().FindRefusedAsync(Ada, without => [.. headers.Where(header => !without.Contains(header.Id)).Take(1)], Cancel);

        refused.ShouldBe([Some.Id("closed")]);
        _source.Asked.Select(asked => asked.Documents.Single()).Distinct().ShouldBe([Some.Id("closed"), Some.Id("open")]);
    }

    public void Dispose() => _state.Dispose();

    private SourceRecheck Create(Func<SourceName, ILiveSource?>? find = null, RecheckOptions? options = null) =>
        new(name => find is null ? _source : find(name), new AccessFilter(_access), Options.Create(options ?? new RecheckOptions()), _time, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<SourceRecheck>());

    /// <summary>The restricted one first.</summary>
    private List<DocumentHeader> Headers() => [.. _documents.GetHeaders([Some.Id("closed"), Some.Id("open")]).Values.OrderBy(header => header.Id.Value, StringComparer.Ordinal)];

    private async Task<List<string>> AskAsync(SourceRecheck recheck, UserIdentity? user = null) =>
        [.. (await recheck.FindRefusedAsync(user ?? Ada, Headers(), recheck.Begin(), Cancel)).Select(id => id.Value).Order(StringComparer.Ordinal)];
}
