using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Evaluation;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Scores retrieval on a set of judged queries, stage by stage.</summary>
internal sealed class EvalRetrievalCommand(RetrievalEvaluator evaluator, DataFolder folder)
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

        await context.Progress.FinishAsync();
        await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, CommandJson.Readable.RetrievalReport) : Describe(report));
        return ExitCode.Ok;
    }

    private static string Describe(RetrievalReport report) => string.Join(
        '\n',
        [
            $"{report.Set}: {report.N} queries; 95% intervals in brackets; p of the paired randomisation test on nDCG@10 against the pipeline before",
            "| pipeline | nDCG@10 | recall@5 | recall@100 | MRR@10 | MAP@100 | all@5 | hit@1 | p50 / p95 ms | p |",
            "|---|---|---|---|---|---|---|---|---|---|",
            .. report.Pipelines.Select(pipeline => string.Create(CultureInfo.InvariantCulture, $"| {pipeline.Key} | {pipeline.Value.NdcgAt10:.000} [{pipeline.Value.Ci["ndcgAt10"][0]:.000}, {pipeline.Value.Ci["ndcgAt10"][1]:.000}] | {pipeline.Value.RecallAt5:.000} | {pipeline.Value.RecallAt100:.000} | {pipeline.Value.MrrAt10:.000} | {pipeline.Value.MapAt100:.000} | {pipeline.Value.AllRecallAt5:.000} | {pipeline.Value.HitAt1:.000} | {pipeline.Value.LatencyMs.P50:0} / {pipeline.Value.LatencyMs.P95:0} | {(pipeline.Value.PairedP.Count == 0 ? "" : pipeline.Value.PairedP.Values.Last().ToString("0.000", CultureInfo.InvariantCulture))} |")),
        ]);
}
