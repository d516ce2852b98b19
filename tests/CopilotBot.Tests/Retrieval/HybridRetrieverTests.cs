using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Telemetry;
using CopilotBot.Tests.Indexing;
using CopilotBot.Tests.Indexing.Embedded;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Retrieval;

/// <summary>The stages over the shipped models and a real index.</summary>
public sealed class HybridRetrieverTests : IAsyncLifetime
{
    private static readonly string[] Texts =
    [
        "A forgotten password is reset in the self-service portal.",
        "Printers take paper of the size A4 only.",
        "The canteen opens at noon and closes at two.",
        "Passwords have at least fourteen characters.",
        "Travel is booked fourteen days ahead.",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly OnnxTextEncoder _encoder = new(ModelCatalog.Shipped.Single(model => model.Name == ModelCatalog.ShippedEncoder));
    private readonly OnnxCrossEncoder _crossEncoder = new(ModelCatalog.Shipped.Single(model => model.Name == ModelCatalog.ShippedCrossEncoder));
    private readonly EmbeddedKnowledgeIndex _index;

    public HybridRetrieverTests() => _index = EmbeddedKnowledgeIndexTests.Open(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < Texts.Length; i++)
        {
            await AddAsync($"d{i}", Sample.Public, Texts[i]);
        }
    }

    [Fact]
    public async Task Every_stage_runs_and_leaves_its_rank()
    {
        var result = await SearchAsync("how do I reset my password", crossEncoder: true);

        result.StagesMs.Keys.ShouldBe(["encode", "dense", "bm25", "fuse", "late", "second-hop", "deduplicate", "cross-encoder"]);
        result.WasCutOff.ShouldBeFalse();
        result.IsComplete.ShouldBeTrue();
        result.Depth.ShouldBe(150);
        result.StageCandidates.ShouldBe(new Dictionary<string, int> { ["bm25"] = 2, ["dense"] = 5, ["fuse"] = 5, ["late"] = 5, ["second-hop"] = 5, ["deduplicate"] = 5, ["cross-encoder"] = 5 }, ignoreOrder: true);
        result.Candidates[0].Indexed.Chunk.Text.ShouldBe(Texts[0]);
        result.Candidates.ShouldAllBe(candidate => candidate.FusedRank > 0 && candidate.LateRank > 0 && candidate.DenseRank > 0 && candidate.Relevance != null);
        result.Candidates.Select(candidate => candidate.LateRank).Order().ShouldBe([1, 2, 3, 4, 5]);
        var relevance = await _crossEncoder.ScoreAsync("how do I reset my password", [result.Candidates[0].Indexed.Chunk.EncoderInput], Cancel);
        result.Candidates[0].Relevance.ShouldBe(relevance[0].Relevance);
    }

    [Fact]
    public async Task Past_the_deadline_the_order_so_far_stands_and_the_trace_says_what_ran()
    {
        // Each look at this clock takes a second.
        var result = await SearchAsync("how do I reset my password", crossEncoder: true, time: new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) });

        result.StagesMs.Keys.ShouldBe(["encode", "dense", "bm25", "fuse", "deduplicate"]);
        result.WasCutOff.ShouldBeTrue();
        result.IsComplete.ShouldBeFalse();
        result.Candidates.Count.ShouldBe(Texts.Length);
        result.Candidates.Select(candidate => candidate.FusedRank).ShouldBe([1, 2, 3, 4, 5]);
        result.Candidates.ShouldAllBe(candidate => candidate.LateRank == null && candidate.Relevance == null);
    }

    [Fact]
    public async Task Once_searches_take_longer_than_the_deadline_fewer_candidates_are_looked_at_and_every_stage_still_runs()
    {
        // Each look at this clock takes 100 ms: a search alone takes longer than fits with what is kept back, and less than the deadline.
        var retriever = new HybridRetriever(
            _index, _encoder, new OptionalCrossEncoder(null), Options.Create(new RetrievalOptions { Depth = 4, MinimumDepth = 2, DeadlineMs = 1000 }),
            new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) });
        var results = new List<RetrievalResult>();
        for (var i = 0; i < 8; i++)
        {
            results.Add(await retriever.SearchAsync(new RetrievalQuery("how do I reset my password", Sample.Allowed(Sample.Public)), Cancel));
        }

        results.ShouldAllBe(result => result.StagesMs.ContainsKey("late") && !result.WasCutOff);
        results[0].ShouldSatisfyAllConditions(first => first.Depth.ShouldBe(4), first => first.IsComplete.ShouldBeTrue());
        results[^1].ShouldSatisfyAllConditions(last => last.Depth.ShouldBe(2), last => last.IsComplete.ShouldBeFalse(), last => last.StageCandidates["late"].ShouldBe(2));
    }

    [Fact]
    public async Task Searches_and_stages_that_were_left_out_are_counted()
    {
        var counted = new ConcurrentQueue<(string Instrument, string Tag)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == CopilotTelemetry.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => counted.Enqueue((instrument.Name, string.Concat(tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => counted.Enqueue((instrument.Name, $"{value}")));
        listener.Start();

        await SearchAsync("how do I reset my password", crossEncoder: false, time: new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) });
        await SearchAsync("how do I reset my password", crossEncoder: false);

        // Other tests search at the same time.
        counted.ShouldContain(("copilotbot.search.cutoffs", "stage=late"));
        counted.ShouldContain(("copilotbot.searches", "complete=False"));
        counted.ShouldContain(("copilotbot.searches", "complete=True"));
        counted.ShouldContain(("copilotbot.search.depth", "150"));
    }

    [Fact]
    public async Task Without_a_cross_encoder_there_is_no_such_stage() =>
        (await SearchAsync("password", crossEncoder: false)).StagesMs.Keys.ShouldNotContain("cross-encoder");

    [Fact]
    public async Task A_document_gives_three_chunks_at_most()
    {
        await AddAsync("long", Sample.Public, [.. Enumerable.Range(0, 6).Select(i => $"Password rule number {i} says that {"abcdef"[i]} is forbidden in room {i}{i}.")]);

        var result = await SearchAsync("password rule", crossEncoder: false);

        result.Candidates.Count(candidate => candidate.Indexed.Chunk.DocumentId == Sample.Id("long")).ShouldBe(3);
    }

    [Fact]
    public async Task Copies_are_left_out_only_of_what_the_asker_may_read()
    {
        await AddAsync("copy", Sample.Secret, Texts[0]);

        var both = await SearchAsync("reset password", crossEncoder: false, Sample.Public, Sample.Secret);
        var secret = await SearchAsync("reset password", crossEncoder: false, Sample.Secret);

        both.Candidates.Count(candidate => candidate.Indexed.Chunk.Text == Texts[0]).ShouldBe(1);
        secret.Candidates.ShouldHaveSingleItem().Indexed.Chunk.DocumentId.ShouldBe(Sample.Id("copy"));
    }

    [Fact]
    public async Task What_is_excluded_leaves_no_trace_in_the_scores()
    {
        var before = await SearchAsync("how do I reset my password", crossEncoder: false);
        await AddAsync("ticket", Sample.Public, "How do I reset my password?", "Where is my password reset?");

        var query = new RetrievalQuery("how do I reset my password", Sample.Allowed(Sample.Public)) { Exclude = new HashSet<DocumentId> { Sample.Id("ticket") } };
        var after = await new HybridRetriever(_index, _encoder, new OptionalCrossEncoder(null), Options.Create(new RetrievalOptions { Depth = 5 }), TimeProvider.System).SearchAsync(query, Cancel);

        after.Candidates.Select(candidate => candidate.Indexed.Chunk.Id).ShouldBe(before.Candidates.Select(candidate => candidate.Indexed.Chunk.Id));
        after.Candidates.Select(candidate => (candidate.DenseRank, candidate.FusedRank, candidate.LateRank)).ShouldBe(
            before.Candidates.Select(candidate => (candidate.DenseRank, candidate.FusedRank, candidate.LateRank)), "nor do its chunks use up the depth");
        after.Candidates.Select(candidate => candidate.Cosine).ShouldBe(before.Candidates.Select(candidate => candidate.Cosine));
    }

    [Fact]
    public async Task Who_looks_for_copies_gets_them()
    {
        await AddAsync("copy", Sample.Public, Texts[0]);

        var result = await Retriever(new RetrievalOptions()).SearchAsync(new RetrievalQuery("reset password", Sample.Allowed(Sample.Public)) { KeepCopies = true }, Cancel);

        result.Candidates.Count(candidate => candidate.Indexed.Chunk.Text == Texts[0]).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_passage_names_comes_up_behind_it()
    {
        const string question = "on which pier is the office of the head of the Lantern project?";
        await AddAsync("project", Sample.Public, "Lantern project", ["The head of the Lantern project is Mara Holt."]);
        await AddAsync("person", Sample.Public, "Mara Holt", ["Her office is on the north pier, room 4.12."]);
        await AddAsync("other", Sample.Public, "Lantern festival", ["The Lantern festival is the project of the year at the head of the pier office."]);

        // Two passages from each search: neither finds the person.
        var two = new RetrievalOptions { Depth = 2 };
        var without = await Retriever(new RetrievalOptions { Depth = 2, SecondHopPassages = 0 }).SearchAsync(new RetrievalQuery(question, Sample.Allowed(Sample.Public)), Cancel);
        var with = await Retriever(two).SearchAsync(new RetrievalQuery(question, Sample.Allowed(Sample.Public)), Cancel);

        without.Candidates.ShouldAllBe(candidate => candidate.Indexed.Chunk.DocumentId != Sample.Id("person"));
        with.Candidates[0].Indexed.Chunk.Id.ShouldBe(without.Candidates[0].Indexed.Chunk.Id, "the first place never changes");
        var reached = with.Candidates.Single(candidate => candidate.Indexed.Chunk.DocumentId == Sample.Id("person"));
        reached.ReachedFrom.ShouldBe(Sample.Id("project"));
        (reached.LexicalRank, reached.DenseRank, reached.FusedRank).ShouldBe((null, null, null));
        var late = await Retriever(two).SearchAsync(new RetrievalQuery(question, Sample.Allowed(Sample.Public), Pipeline: RetrievalPipeline.Late), Cancel);
        late.Candidates.Select(candidate => candidate.Indexed.Chunk.Id).ShouldBe(without.Candidates.Select(candidate => candidate.Indexed.Chunk.Id));

        var excluding = new RetrievalQuery(question, Sample.Allowed(Sample.Public)) { Exclude = new HashSet<DocumentId> { Sample.Id("person") } };
        (await Retriever(two).SearchAsync(excluding, Cancel)).Candidates.ShouldAllBe(candidate => candidate.Indexed.Chunk.DocumentId != Sample.Id("person"));
    }

    [Fact]
    public async Task What_is_named_stands_behind_the_passage_that_names_it_however_much_it_covers()
    {
        await AddAsync("project", Sample.Public, "Lantern project", ["The head of the Lantern project is Mara Holt."]);
        await AddAsync("person", Sample.Public, "Mara Holt", ["Which pier is the office on? The office is on the north pier, that pier with the office, head of the pier."]);

        var result = await Retriever(new RetrievalOptions()).SearchAsync(
            new RetrievalQuery("on which pier is the office of the head of the Lantern project?", Sample.Allowed(Sample.Public)), Cancel);

        result.Candidates.Take(2).Select(candidate => candidate.Indexed.Chunk.DocumentId).ShouldBe([Sample.Id("project"), Sample.Id("person")]);
        result.Candidates[1].Score.ShouldBe(result.Candidates[0].Score, 1e-5, "it covers what the first leaves open, and would pass it");
    }

    [Fact]
    public async Task Nobody_is_led_to_what_he_may_not_read()
    {
        await AddAsync("project", Sample.Public, "Lantern project", ["The head of the Lantern project is Mara Holt."]);
        await AddAsync("person", Sample.Secret, "Mara Holt", ["Her office is on the north pier, room 4.12."]);
        var query = new RetrievalQuery("on which pier is the office of the head of the Lantern project?", Sample.Allowed(Sample.Public));

        var with = await Retriever(new RetrievalOptions()).SearchAsync(query, Cancel);
        await _index.ApplyAsync(new IndexBatch { Deletions = [Sample.Id("person")] }, Cancel);
        var without = await Retriever(new RetrievalOptions()).SearchAsync(query, Cancel);

        with.Candidates.Select(candidate => (candidate.Indexed.Chunk.Id, candidate.Score)).ShouldBe(without.Candidates.Select(candidate => (candidate.Indexed.Chunk.Id, candidate.Score)));
    }

    [Fact]
    public async Task Who_may_read_nothing_finds_nothing()
    {
        var result = await SearchAsync("reset password", crossEncoder: true, Sample.Set("other"));

        result.Candidates.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _encoder.Dispose();
        _crossEncoder.Dispose();
        _folder.Dispose();
    }

    private Task<RetrievalResult> SearchAsync(string question, bool crossEncoder, params AccessSetId[] allowed) => SearchAsync(question, crossEncoder, TimeProvider.System, allowed);

    private Task<RetrievalResult> SearchAsync(string question, bool crossEncoder, TimeProvider time, params AccessSetId[] allowed)
    {
        // No using: the encoders belong to the test.
        var retriever = new HybridRetriever(_index, _encoder, new OptionalCrossEncoder(crossEncoder ? _crossEncoder : null), Options.Create(new RetrievalOptions()), time);
        return retriever.SearchAsync(new RetrievalQuery(question, Sample.Allowed(allowed.Length == 0 ? [Sample.Public] : allowed)), Cancel);
    }

    private HybridRetriever Retriever(RetrievalOptions options) => new(_index, _encoder, new OptionalCrossEncoder(null), Options.Create(options), TimeProvider.System);

    private Task AddAsync(string name, AccessSetId accessSet, params string[] texts) => AddAsync(name, accessSet, $"Title {name[0]}", texts);

    private async Task AddAsync(string name, AccessSetId accessSet, string title, string[] texts)
    {
        var chunks = texts.Select((text, i) => Sample.Chunk(Sample.Id(name), i, title, [], text)).ToList();
        var encodings = await _encoder.EncodeAsync([.. chunks.Select(chunk => chunk.EncoderInput)], Cancel);
        await _index.ApplyAsync(Sample.Upsert(new IndexedDocument(Sample.Id(name), accessSet, [.. chunks.Zip(encodings, (chunk, encoding) => new EncodedChunk(chunk, encoding))])), Cancel);
    }
}
