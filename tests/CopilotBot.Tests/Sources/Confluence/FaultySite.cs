using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>A small wiki of Halvorne on the bench, read once without trouble; what its people find is compared with what the site lets them view.</summary>
internal sealed class FaultySite(ConfluenceBench bench) : IAsyncDisposable
{
    /// <summary>In every text.</summary>
    public const string Word = "lantern";

    /// <summary>In the team; not in the team; an account without e-mail; a guest; one that the site does not know.</summary>
    public static readonly string[] People = ["ada", "bo", "cy", "guest", "stranger"];

    private readonly List<string> _pages = [];

    private int _made;

    public ConfluenceBench Bench { get; } = bench;

    public CopilotBot.FakeConfluence.ConfluenceSite Site => Bench.Site;

    public static async Task<FaultySite> StartAsync(ConfluenceEdition edition = ConfluenceEdition.Cloud)
    {
        var site = new FaultySite(await ConfluenceBench.StartAsync(edition));
        site.Build();
        await site.Bench.PollAsync();
        return site;
    }

    /// <returns>The id of the new page.</returns>
    public string AddPage(string space, string? parent = null)
    {
        var id = $"{1000 + ++_made}";
        Site.AddPage(id, space, parent, $"Page {id}", $"<p>{Word} {id}</p>");
        _pages.Add(id);
        return id;
    }

    /// <summary>New, edited, remarked on, restricted, moved and trashed: each kind of work that a run has.</summary>
    public void Happen()
    {
        AddPage("10");
        Site.EditPage(_pages[1], $"<p>{Word} edited {_made}</p>");
        Site.AddComment(_pages[2], $"<p>{Word} remark</p>", "ada");
        Site.AddAttachment(_pages[2], $"notes {_made}.txt", "text/plain", "lantern in a file"u8.ToArray());
        Site.SetRestriction(_pages[^2], ["ada"], []);
        Site.Trash(AddPage("20"));
    }

    /// <summary>Pairs of a person and a page that the site allows now.</summary>
    public HashSet<string> Allowed() =>
        [.. from person in People from page in _pages where Site.CanView(person, page) select $"{person} {page}"];

    /// <summary>Pairs of a person and a page that the person finds now.</summary>
    public async Task<HashSet<string>> FoundAsync()
    {
        var found = new HashSet<string>();
        foreach (var person in People)
        {
            found.UnionWith((await Bench.FindAsync(person, Word)).Select(document => $"{person} {document.Split('#')[0].Split(':')[2]}"));
        }

        return found;
    }

    /// <summary>What is kept, hidden or not.</summary>
    public HashSet<string> Kept() => [.. Bench.Bench.Documents.GetHeaders(ConfluenceBench.Name).Select(header => header.Id.Value)];

    /// <summary>Loops run again with time between them, and then all is as if nothing had been.</summary>
    public async Task ShouldRecoverAsync(string when, int rounds = 2)
    {
        for (var round = 0; round < rounds; round++)
        {
            Bench.Time.Advance(TimeSpan.FromMinutes(20));
            (await Bench.Bench.RunAsync()).Error.ShouldBeNull(when);
        }

        var (found, allowed) = (await FoundAsync(), Allowed());
        (string.Join(", ", found.Except(allowed)), string.Join(", ", allowed.Except(found))).ShouldBe(("", ""), when);
        var ledger = Bench.Bench.Sync.Ledger;
        ledger.IsInSync.ShouldBeTrue($"{when}: {string.Join("; ", ledger.Scopes)} {string.Join("; ", ledger.State.Errors)} {string.Join("; ", ledger.Failed)}");
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private void Build()
    {
        Site.AddUser("ada", "Ada", "ada@halvorne.example");
        Site.AddUser("bo", "Bo", "bo@halvorne.example");
        Site.AddUser("cy", "Cy");
        Site.AddUser("guest", "Guest", "guest@halvorne.example", Site.Edition == ConfluenceEdition.Cloud ? UserKind.Guest : UserKind.Person);
        Site.AddGroup("team", "The team");
        Site.AddMember("team", "ada");
        Site.AddSpace("10", "OPEN", "Open");
        Site.AddSpace("20", "TEAM", "Team");
        Site.Grant("10", new SpaceReader.Licensed());
        Site.Grant("20", new SpaceReader.Group("team"));
        for (var at = 0; at < 30; at++)
        {
            AddPage(at < 22 ? "10" : "20", at == 0 || at >= 22 ? null : _pages[at / 4]);
        }

        Site.AddPage("5000", "10", null, "A post", $"<p>{Word} post</p>", PageKind.BlogPost);
        _pages.Add("5000");
        Site.SetRestriction(_pages[3], [], ["team"]);
        Site.AddComment(_pages[4], $"<p>{Word} remark</p>", "bo", isInline: true);
        Site.AddAttachment(_pages[5], "plan.txt", "text/plain", "lantern plan"u8.ToArray());
    }
}
