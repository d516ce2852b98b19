using System.CommandLine;
using System.Text.Json;
using CopilotBot.Conversations;
using CopilotBot.Evaluation;
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Scores answers on a set of questions, or explains one of them.</summary>
internal sealed class EvalAnswersCommand(AnswerEvaluator evaluator, PassageEvaluator passages, SettingsInForce settings, CommandAskers askers, ISourceRegistry sources)
{
    public static Command Describe(IVerbHost host)
    {
        var source = new Option<string>("--source") { Description = "Source that the page ids of the set belong to.", HelpName = "name", Required = true };
        var set = new Option<string>("--set") { Description = "JSONL file of questions: id, question, doc_id, must_have, kind, also.", HelpName = "file", Required = true };
        var asking = new Option<string?>("--as") { Description = "Ask as this person: id, e-mail address or full name.", HelpName = "person" };
        var explain = new Option<string?>("--explain") { Description = "Only this question: what was retrieved, what was answered, and what went wrong where.", HelpName = "id" };
        var pipelines = new Option<bool>("--pipelines") { Description = "Also score the pages and passages that each retrieval pipeline finds." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("answers", "Ask every question of a set and print how many answers are right and cited.") { source, set, asking, explain, pipelines, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(explain) is not null && (result.GetValue(json) || result.GetValue(pipelines)))
            {
                result.AddError("--explain prints text about one question: leave --json and --pipelines out.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.RunAsync<EvalAnswersCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(
                parsed.GetRequiredValue(source), parsed.GetRequiredValue(set), parsed.GetValue(asking), parsed.GetValue(explain), parsed.GetValue(pipelines), parsed.GetValue(json), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        string source, string set, string? asking, string? explain, bool pipelines, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        var registered = sources.List();
        if (registered.All(known => known.Name.Value != source))
        {
            return await context.FailAsync(Serving.SourceSync.UnknownSource(source, registered));
        }

        if (askers.Find(asking, out var problem) is not { } user)
        {
            return await context.FailAsync(problem);
        }

        IReadOnlyList<AnswerQuestion> questions;
        try
        {
            questions = AnswerQuestion.Load(context.Resolve(set));
        }
        catch (EvaluationException exception)
        {
            return await context.FailAsync(exception.Message);
        }

        var name = SourceName.Parse(source);
        if (explain is not null)
        {
            return questions.FirstOrDefault(question => question.Id == explain) is { } wanted
                ? await ExplainAsync(name, wanted, user, context, cancellationToken)
                : await context.FailAsync($"The set has no question '{explain}': name one of its ids, such as {questions[0].Id}.");
        }

        var report = (await evaluator.RunAsync(name, questions, user, null, cancellationToken)) with { Set = AnswerQuestion.NameOfSet(context.Resolve(set)), Date = settings.Today, Settings = settings.Read() };
        if (pipelines)
        {
            report = report with { Pipelines = await passages.RunAsync(name, questions, user, cancellationToken) };
        }

        await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, CommandJson.Readable.AnswerReport) : AnswerText.Describe(report));
        return ExitCode.Ok;
    }

    private async Task<int> ExplainAsync(SourceName source, AnswerQuestion question, UserIdentity user, CommandContext context, CancellationToken cancellationToken)
    {
        await context.Out.WriteLineAsync(AnswerExplanation.Describe(await evaluator.AskAsync(source, question, user, cancellationToken)));
        return ExitCode.Ok;
    }
}
