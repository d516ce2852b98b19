using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Storage;
using CopilotBot.Sync.Live;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Sync.Live;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Answering;

/// <summary>What a source takes back at the moment of the answer leaves no trace in it, whatever is asked.</summary>
public sealed class RevokedDocumentsTests : IDisposable
{
    private const string Person = "company:acc-19c0de";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task No_reply_names_quotes_counts_or_offers_what_the_source_refuses()
    {
        var demo = Path.Combine(RepositoryPaths.Root, "src", "CopilotBot", "Demo");
        (await CommandRun.InProcessAsync(_folder.Path, "source", "add", "files", "--path", demo, "--name", "company", "--data", "data")).Exit.ShouldBe(0);
        var questions = (await GoldenQuestion.ReadAllAsync()).Select(question => question.Question).Distinct().ToList();

        var before = await AskAsync(questions, _ => true);
        var revoked = before.SelectMany(answer => answer.Citations).Select(citation => citation.DocumentId.Value.Split('#')[0]).CountBy(id => id).OrderByDescending(pair => pair.Value).Take(4).Select(pair => pair.Key).ToList();
        var after = await AskAsync(questions, id => !revoked.Contains(id.Split('#')[0]));

        revoked.Count.ShouldBe(4);
        after.ShouldAllBe(answer => !Names(answer, revoked));
        after.Select(answer => answer.Outcome).ShouldContain(AnswerOutcome.Grounded);
    }

    public void Dispose() => _folder.Dispose();

    private static bool Names(Answer answer, List<string> documents) =>
        answer.Citations.Select(citation => citation.DocumentId.Value).Concat(answer.Retrieved.Select(chunk => chunk.DocumentId.Value)).Append(answer.Related?.DocumentId.Value ?? "")
            .Any(id => documents.Contains(id.Split('#')[0]));

    private async Task<List<Answer>> AskAsync(List<string> questions, Func<string, bool> mayRead)
    {
        var source = new ScriptedLiveSource(TimeProvider.System) { MayRead = (_, id) => mayRead(id.Value) };
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Answering:Recheck:BudgetMs", "20000")]).Build());
        services.AddSingleton<FindLiveSource>(_ => source);
        await using var provider = services.AddProduct(DataFolder.Open(_folder["data"])).BuildServiceProvider();
        var answers = new List<Answer>();
        foreach (var question in questions)
        {
            var turn = new ChatTurn(TurnId.New(), new ConversationReference("test", "1"), new UserIdentity(Person, "A person", true), question, DateTimeOffset.UnixEpoch);
            answers.Add(await provider.GetRequiredService<CopilotOrchestrator>().HandleAsync(turn, TestContext.Current.CancellationToken));
        }

        answers.ShouldAllBe(answer => answer.Outcome != AnswerOutcome.Failed);
        return answers;
    }
}
