using CopilotBot.Answering;

namespace CopilotBot.Tests.Architecture;

public sealed class ReferencesTests
{
    private static readonly IReadOnlyList<TypeReference> Ours =
        [.. AssemblyReferences.Read(typeof(CopilotOrchestrator).Assembly), .. AssemblyReferences.Read(typeof(Program).Assembly)];

    [Fact]
    public void Feature_folders_use_only_lower_ones_and_sdk_types_stay_in_their_folder() => FeatureRules.Violations(Ours).ShouldBeEmpty();

    [Fact]
    public void The_check_saw_every_feature_folder_of_the_sources()
    {
        var folders = new[] { "src/CopilotBot.Core", "src/CopilotBot" }
            .SelectMany(project => Directory.GetDirectories(Path.Combine(Support.RepositoryPaths.Root, project)))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj"));

        var seen = Ours.Select(reference => FeatureRules.FeatureOf(reference.FromNamespace)).ToHashSet();

        seen.Count.ShouldBeGreaterThan(5);
        folders.ShouldAllBe(folder => seen.Contains(folder!));
    }

    [Fact]
    public void The_reader_sees_what_stands_only_in_a_method_body()
    {
        var references = AssemblyReferences.Read(typeof(ReferencesTests).Assembly);

        references.ShouldContain(new TypeReference(typeof(NamesATypeInABody).FullName!, typeof(System.Net.Cookie).FullName!));
        references.ShouldContain(new TypeReference(typeof(NamesATypeInABody).FullName!, typeof(System.Net.CookieCollection).FullName!));
    }

    [Theory]
    [InlineData("CopilotBot.Knowledge.Chunk", "CopilotBot.Sync.SyncReport")]
    [InlineData("CopilotBot.Sources.ISource", "CopilotBot.Indexing.IKnowledgeIndex")]
    [InlineData("CopilotBot.Retrieval.HybridRetriever", "CopilotBot.Sync.SyncReport")]
    [InlineData("CopilotBot.Answering.Answer", "CopilotBot.Storage.CopilotDatabase")]
    [InlineData("CopilotBot.Answering.Answer", "CopilotBot.Program")]
    [InlineData("CopilotBot.Telemetry.Metrics", "CopilotBot.Answering.Answer")]
    [InlineData("CopilotBot.Retrieval.HybridRetriever", "Microsoft.SemanticKernel.Kernel")]
    [InlineData("CopilotBot.Indexing.HeadingChunker", "Lucene.Net.Index.IndexWriter")]
    [InlineData("CopilotBot.Sync.SyncPipeline", "Microsoft.AspNetCore.Http.HttpContext")]
    public void A_planted_violation_is_found(string from, string to) =>
        FeatureRules.Violations([new TypeReference(from, to)]).ShouldHaveSingleItem().ShouldStartWith($"{from} names {to}");

    [Theory]
    [InlineData("CopilotBot.Sync.SyncPipeline", "CopilotBot.Sources.ISource")]
    [InlineData("CopilotBot.Answering.Answer", "CopilotBot.Knowledge.Citation")]
    [InlineData("CopilotBot.Indexing.HeadingChunker", "CopilotBot.Telemetry.Metrics")]
    [InlineData("CopilotBot.Indexing.Embedded.EmbeddedKnowledgeIndex", "Lucene.Net.Index.IndexWriter")]
    [InlineData("CopilotBot.Pages.AskPage", "CopilotBot.Answering.CopilotOrchestrator")]
    public void What_the_design_allows_is_no_violation(string from, string to) =>
        FeatureRules.Violations([new TypeReference(from, to)]).ShouldBeEmpty();
}
