using CopilotBot.Sync.Live;
using CopilotBot.Tests.Sync.Live;

namespace CopilotBot.Tests.Sources.GitHub;

/// <summary>The engine over the source: nothing in it knows GitHub.</summary>
public sealed class GitHubSyncTests
{
    private const int Ada = 7;

    private const int Bo = 8;

    [Fact]
    public async Task Everybody_finds_what_they_may_read_until_it_is_revoked_edited_or_deleted()
    {
        await using var bench = await GitHubBench.StartAsync();
        var hidden = bench.Add(bench.Private, "Printer jams", "The word is quolvex.");
        var open = bench.Add(bench.Public, "Printer handbook", "The word is quolvex.");
        await using var engine = new LiveBench(bench.Source, new LiveSyncOptions(), bench.Time);
        await engine.RunAsync();
        (await FindAsync(Ada, "quolvex")).ShouldBe([$"{GitHubBench.IdOf(hidden)}", $"{GitHubBench.IdOf(open)}"], ignoreOrder: true);
        (await FindAsync(99, "quolvex")).ShouldBe([$"{GitHubBench.IdOf(open)}"]);

        bench.Private.Collaborators.Remove(Bo);
        await engine.ReadAccessAsync();
        (await FindAsync(Bo, "quolvex")).ShouldBe([$"{GitHubBench.IdOf(open)}"]);

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        var comment = bench.Comment(hidden, "bo", "It is fixed by wrembly.");
        await engine.LookAsync();
        (await FindAsync(Ada, "wrembly")).ShouldBe([$"{GitHubBench.IdOf(hidden)}"]);

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        (comment.Body, comment.Updated) = ("It is fixed by zorblat.", bench.Time.GetUtcNow());
        await engine.LookAsync();
        (await FindAsync(Ada, "wrembly")).ShouldBeEmpty();
        (await FindAsync(Ada, "zorblat")).ShouldBe([$"{GitHubBench.IdOf(hidden)}"]);

        hidden.Comments.Clear();
        await engine.RunAsync(full: true);
        (await FindAsync(Ada, "zorblat")).ShouldBeEmpty();

        bench.Private.Issues.Remove(hidden);
        bench.Private.Deleted.Add(hidden.Number);
        bench.Time.Advance(TimeSpan.FromHours(2));
        await engine.ReconcileAsync(isShrinkingRight: true);
        await engine.ReadAsync();
        (await FindAsync(Ada, "quolvex")).ShouldBe([$"{GitHubBench.IdOf(open)}"]);

        bench.Public.Visibility = "private";
        await engine.ReadAccessAsync();
        (await FindAsync(99, "quolvex")).ShouldBeEmpty();
        bench.Site.Strays.ShouldBeEmpty();

        Task<List<string>> FindAsync(int account, string word) => engine.FindAsync(word, GitHubBench.Asker(account));
    }
}
