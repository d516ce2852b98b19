using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Evaluation;
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Scores answers on a set of questions.</summary>
internal sealed class EvalAnswersCommand(AnswerEvaluator evaluator, CommandAskers askers, ISourceRegistry sources)
{
    public static Command Describe(IVerbHost host)
    {
        var source = new Option<string>("--source") { Description = "Source that the page ids of the set belong to.", HelpName = "name", Required = true };
        var set = new Option<string>("--set") { Description = "JSONL file of questions: id, question, doc_id, must_have, also.", HelpName = "file", Required = true };
        var asking = new Option<string?>("--as") { Description = "Ask as this person: id, e-mail address or full name.", HelpName = "person" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("answers", "Ask every question of a set and print how many answers are right and cited.") { source, set, asking, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<EvalAnswersCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(source), parsed.GetRequiredValue(set), parsed.GetValue(asking), parsed.GetValue(json), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string source, string set, string? asking, bool json, CommandContext context, CancellationToken cancellationToken)
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

        AnswerReport report;
        try
        {
            report = await evaluator.RunAsync(SourceName.Parse(source), AnswerQuestion.Load(context.Resolve(set)), user, null, cancellationToken);
        }
        catch (EvaluationException exception)
        {
            return await context.FailAsync(exception.Message);
        }

        await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, CommandJson.Readable.AnswerReport) : string.Create(CultureInfo.InvariantCulture, $"""
            {report.N} questions, answered at a confidence of {report.Threshold:0.000} or more
            right page at 1 / 3 / 5            {report.PageAt1:0.000} / {report.PageAt3:0.000} / {report.PageAt5:0.000}
            answer words in 1 / 3 / 5 chunks   {report.AnswerInChunks1:0.000} / {report.AnswerInChunks3:0.000} / {report.AnswerInChunks5:0.000}
            right and cited answers            {report.RightAndCited:0.000} of the answerable
            unanswerable answered              {report.UnanswerableAnswered:0.000} of the unanswerable
            words an answer                    {report.MeanAnswerWords:0.0}
            latency p50 / p95                  {report.LatencyMs.P50:0} / {report.LatencyMs.P95:0} ms
            """));
        return ExitCode.Ok;
    }
}
