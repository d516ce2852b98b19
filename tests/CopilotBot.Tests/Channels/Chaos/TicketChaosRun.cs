using System.Reflection;
using CopilotBot.Conversations;
using CopilotBot.FakeJira;
using CopilotBot.Storage;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Tickets;
using CopilotBot.Tickets;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>Confirmed drafts in a data folder whose server dies again and again, before a tracker with a bad day; then it is left in peace, and what the tracker holds is judged.</summary>
internal sealed class TicketChaosRun(JiraSite site, MortalBot bot, string data, Random random)
{
    private const string Project = "VPN";

    private const int DraftsOfALife = 3;

    private const int MostLivesToEnd = 20;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    private static readonly ChannelUser Alba = new("U-alba", "Alba Quintero");

    private readonly TicketTrouble _trouble = new(random);
    private readonly List<TicketDraft> _drafts = [];
    private string _typeId = "";
    private string _changed = "";

    /// <summary>Those that a server without a chat comes to.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        .. typeof(TicketStep).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!) // constants are never null
            .Where(step => step != TicketStep.Confirmed),
    ];

    /// <param name="handbook">A data folder with an index of its own; it stays as it is.</param>
    public static async Task<TicketChaosReport> RunAsync(Handbook handbook, int kills, int seed)
    {
        using var folder = new TemporaryFolder();
        CopyFolder(handbook.Data, folder["data"]);
        await using var site = await JiraSite.StartAsync();
        using var bot = new MortalBot(folder["data"], SettingsFor(site));
        return await new TicketChaosRun(site, bot, folder["data"], new Random(seed)).RunAsync(kills);
    }

    private async Task<TicketChaosReport> RunAsync(int kills)
    {
        site.AddProject(Project, "Remote access");
        _typeId = site.AddType(Project, "Incident", TicketScreen.Fields);
        _changed = site.AddIssue(Project, "The ticket that all the comments are about");
        site.IndexLag = TimeSpan.FromMilliseconds(500);
        site.DocumentFaults = OfficialSchema.Document.IsHere ? OfficialSchema.Document.Faults : null;
        site.Trouble = _ => _trouble.Next();
        site.BeforeAnswer = _ => bot.KillAtLastAsync();
        for (var kill = 0; kill < kills; kill++)
        {
            Confirm();
            await bot.DieAsync(NextKill(kill));
        }

        site.BeforeAnswer = null;
        await EndAsync();
        return Judge();
    }

    /// <summary>Every step in turn, in between by the clock and by the number of calls.</summary>
    private Kill NextKill(int number) => (number % (Steps.Count + 2)) switch
    {
        var step when step < Steps.Count => new Kill.AtStep(Steps[step], 1 + random.Next(2)),
        var other when other == Steps.Count => new Kill.BeforeAnswer(random.Next(1, 6)),
        _ => new Kill.AtMoment(TimeSpan.FromMilliseconds(random.Next(1500, 6000))),
    };

    private void Confirm()
    {
        using var database = CopilotDatabase.Open(DataFolder.Open(data));
        var desk = new TicketDesk(new LiteTicketDraftStore(database), new LiteAccessStore(database), Options.Create(new TicketOptions()), new TicketBell(TimeProvider.System), TimeProvider.System);
        for (var draft = 0; draft < DraftsOfALife; draft++)
        {
            var opened = desk.Open(draft == 0 ? Update() : Create());
            desk.Confirm(opened.Id, Alba, identity: null).Outcome.ShouldBe(TicketDecisionOutcome.Taken);
            _drafts.Add(opened);
        }
    }

    /// <summary>Lives without trouble until nothing is left to write.</summary>
    private async Task EndAsync()
    {
        _trouble.IsOn = false;
        for (var lives = 0; lives < MostLivesToEnd && Left() > 0; lives++)
        {
            await bot.LiveAsync();
            int calls;
            do
            {
                calls = site.Calls.Count;
                await Task.Delay(Quiet, TestContext.Current.CancellationToken); // the tracker tells that nothing comes any more only by silence
            }
            while (site.Calls.Count > calls);

            await bot.StopAsync();
        }
    }

    private int Left()
    {
        using var database = CopilotDatabase.Open(DataFolder.Open(data));
        var store = new LiteTicketDraftStore(database);
        return store.GetConfirmed().Count + store.GetUnshown().Count;
    }

    private TicketChaosReport Judge()
    {
        using var database = CopilotDatabase.Open(DataFolder.Open(data));
        var store = new LiteTicketDraftStore(database);
        var issues = site.Issues;
        var comments = issues.SelectMany(issue => issue.Comments).ToList();
        var complaints = _drafts.SelectMany(draft => Judge(store.Find(draft.Id)!, issues, comments)).ToList(); // they were stored
        var creations = _drafts.Count(draft => draft.Action == TicketAction.Create);
        if (issues.Count != creations + 1 || comments.Count != _drafts.Count - creations)
        {
            complaints.Add($"{issues.Count - 1} tickets of {creations} drafts, {comments.Count} comments of {_drafts.Count - creations}");
        }

        return new TicketChaosReport(
            bot.Deaths, creations, _drafts.Count - creations, _trouble.Count, site.Calls.Count, complaints, [.. site.Violations.Select(broken => new BrokenRule(broken.Rule, $"{broken.Source}: {broken.Detail}"))], bot.Lives);
    }

    private static IEnumerable<string> Judge(TicketDraft draft, IReadOnlyList<ShownIssue> issues, List<ShownComment> comments)
    {
        if (draft is not { State: TicketState.Done, Shown: TicketState.Done })
        {
            yield return $"{draft.Id}: {draft.State}, shown {draft.Shown}, {draft.Attempts} attempts, {draft.Problem}";
        }

        var made = draft.Action == TicketAction.Create
            ? issues.Where(issue => issue.Properties.Values.Any(IsKey)).Select(issue => issue.Key).ToList()
            : comments.Where(comment => comment.Properties.Values.Any(IsKey)).Select(_ => draft.TicketKey ?? "").ToList();
        if (made.Count != 1 || made[0] != draft.TicketKey)
        {
            yield return $"{draft.Id}: {draft.TicketKey} was made {made.Count} times: {string.Join(", ", made)}";
        }

        bool IsKey(string property) => property.Contains(draft.IdempotencyKey, StringComparison.Ordinal);
    }

    private TicketDraft Create() => Blank() with
    {
        Action = TicketAction.Create,
        Project = Project,
        Type = new TicketType(
            _typeId, "Incident", [new TicketField("summary", "Summary", TicketFieldKind.Text, IsRequired: true, []), new TicketField("description", "Description", TicketFieldKind.LongText, IsRequired: false, []), new TicketField("labels", "Labels", TicketFieldKind.Labels, IsRequired: false, [])]),
        Fields = [new FieldValue("summary", $"Trouble {_drafts.Count}", [], 1, null), new FieldValue("description", "It drops.", [], 1, null)],
    };

    private TicketDraft Update() => Blank() with { Action = TicketAction.Update, TicketKey = _changed, Comment = $"Comment {_drafts.Count}", Status = "In Progress" };

    private static TicketDraft Blank() => new() { Id = TurnId.New(), Action = TicketAction.Create, Requester = Alba.Id, RequesterName = Alba.DisplayName, Created = TimeProvider.System.GetUtcNow() };

    private static Dictionary<string, string> SettingsFor(JiraSite site) => new()
    {
        ["Tickets__Site"] = site.Address,
        ["Tickets__Email"] = site.Email,
        ["Tickets__Token"] = site.Token,
        ["Tickets__Projects__0"] = Project,
        ["Tickets__ClarifyAfterSeconds"] = "1",

        // Who is killed all the time is not to take a draft for the cause.
        ["Tickets__MaximumAttempts"] = "20",
    };

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a file is in a folder
            File.Copy(file, target);
        }
    }
}
