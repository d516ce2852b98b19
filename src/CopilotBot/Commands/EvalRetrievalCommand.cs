using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Evaluation;
using CopilotBot.Evaluation.Reports;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Scores retrieval on a set of judged queries, stage by stage.</summary>
internal sealed class EvalRetrievalCommand(RetrievalEvaluator evaluator, DataFolder folder, SettingsInForce settings)
{
    private static readonly RetrievalPipeline[] All = Enum.GetValues<RetrievalPipeline>();

    public static Command Describe(IVerbHost host)
    {
        var set = new Option<string>("--set") { Description = "Folder with corpus.jsonl, queries.jsonl and qrels.jsonl.", HelpName = "folder", Required = true };
        var pipeline = new Option<string[]>("--pipeline") { Description = "How far retrieval goes; may be given several times. All of them when left out.", HelpName = "name", DefaultValueFactory = _ => [] };
        pipeline.AcceptOnlyFromAmong([.. All.Select(RetrievalEvaluator.NameOf)]);
        var limit = new Option<int?>("--limit") { Description = "Only the first queries.", HelpName = "number" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--limit needs a number of at least 1.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("retrieval", "Index a set of documents and print how well each pipeline finds what its queries are judged to need.") { set, pipeline, limit, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<EvalRetrievalCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(set), parsed.GetValue(pipeline) ?? [], parsed.GetValue(limit), parsed.GetValue(json), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string set, string[] names, int? limit, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        RetrievalReport report;
        try
        {
            RetrievalPipeline[] pipelines = names.Length == 0 ? All : [.. All.Where(pipeline => names.Contains(RetrievalEvaluator.NameOf(pipeline)))];
            var loaded = RetrievalSet.Load(context.Resolve(set), limit);
            report = await evaluator.RunAsync(
                loaded, pipelines, folder.EvaluationFolder, done => context.Progress.Report(new SyncProgress(RetrievalSet.Source, loaded.Documents.Count, loaded.Documents.Count, done)), cancellationToken);
        }
        catch (EvaluationException exception)
        {
            return await context.FailAsync(exception.Message);
        }

        report = report with { Date = settings.Today, Settings = settings.Read() };
        await context.Progress.FinishAsync();
        await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, CommandJson.Readable.RetrievalReport) : string.Create(CultureInfo.InvariantCulture, $"""
            {report.Set}: {report.N} queries over {report.Documents} documents; {report.Date:yyyy-MM-dd}; {Machine.Describe()}
            95% intervals in brackets; every stage: share of the queries that went through all of them at full depth; p of the paired randomisation test on nDCG@10 against the row above
            {ReportTables.Retrieval(report).ToMarkdown()}
            """));
        return ExitCode.Ok;
    }
}
