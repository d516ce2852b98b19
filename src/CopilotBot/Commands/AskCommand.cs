using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Inference;
using CopilotBot.Serving;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>One question, one answer. On first use the demo is indexed before.</summary>
internal sealed class AskCommand(CopilotOrchestrator orchestrator, CommandAskers askers, SourceSync sync, ISourceRegistry sources, OnnxTextEncoder encoder, TimeProvider time)
{
    public static Command Describe(IVerbHost host)
    {
        var question = new Argument<string>("question") { Description = $"The question, in quotes; at most {QuestionText.MaximumLength} characters." };
        var asker = new Option<string?>("--as") { Description = "Ask with the eyes of this person (id, e-mail address or name) instead of as local staff; audited.", HelpName = "person" };
        var json = new Option<bool>("--json") { Description = "Print outcome, text, citations, ranks and timings as JSON." };
        var command = new Command("ask", "Ask a question and print the answer with its numbered sources. Finding no answer is no failure.") { question, asker, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<AskCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(question), parsed.GetValue(asker), parsed.GetValue(json), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string question, string? asker, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        if (QuestionText.FindProblem(question) is { } problem)
        {
            return await context.FailAsync(problem);
        }

        await sync.EnsureFirstRunAsync(context.Progress, cancellationToken);
        await context.Progress.FinishAsync();
        var user = askers.Find(asker, out var unknown);
        if (user is null)
        {
            return await context.FailAsync(unknown);
        }

        // Here a model that is missing or not the released one is one sentence; inside a turn it would be a fault with a trace id.
        encoder.Load();
        var turn = new ChatTurn(TurnId.New(), new ConversationReference("cli", "cli"), user, question.Trim(), time.GetUtcNow());
        var answer = await orchestrator.HandleAsync(turn, cancellationToken);
        await (json ? context.Out.WriteLineAsync(JsonSerializer.Serialize(AskJson.Of(answer), CommandJson.Readable.AskJson)) : PrintAsync(answer, context.Out));
        if (user == UserIdentity.LocalStaff && answer.Outcome == AnswerOutcome.NoEvidence && sources.List().All(DemoKnowledge.IsDemo))
        {
            // Said after every miss, whatever the reason, so it gives nothing away.
            await context.Error.WriteLineAsync("Asked as local staff, who is in no group of the demo; name one of its people, for example: --as \"Alba Quintero\"");
        }

        return answer.Outcome == AnswerOutcome.Failed ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task PrintAsync(Answer answer, TextWriter output)
    {
        await output.WriteLineAsync(answer.Text);
        if (answer.Citations.Count > 0)
        {
            await output.WriteLineAsync();
        }

        if (answer.Related is { } related)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"Maybe related: {related.Title}");
            await output.WriteLineAsync($"    {related.Url}");
        }

        foreach (var citation in answer.Citations)
        {
            var place = string.Join(" > ", citation.HeadingPath.Prepend(citation.Title));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"[{citation.Number}] {place} (changed {citation.Updated:yyyy-MM-dd})"));
            await output.WriteLineAsync($"    {citation.Url}");
        }
    }
}
