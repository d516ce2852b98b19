using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Indexing;

namespace CopilotBot.Commands;

/// <summary>What the index holds.</summary>
internal sealed class IndexStatsCommand(IKnowledgeIndex index)
{
    public static Command Describe(IVerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print the numbers as JSON." };
        var command = new Command("stats", "Print how many documents and passages the index holds, by source.") { json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<IndexStatsCommand>(
            parsed, (verb, context, _) => verb.RunAsync(parsed.GetValue(json), context), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(bool json, CommandContext context)
    {
        var statistics = index.GetStatistics();
        if (json)
        {
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(IndexStatsJson.Of(statistics), CommandJson.Readable.IndexStatsJson));
            return ExitCode.Ok;
        }

        await context.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Documents} documents, {statistics.Chunks} passages, {statistics.Tokens} tokens, {statistics.Bytes / 1048576.0:0.0} MiB, commit {statistics.Generation}"));
        foreach (var (source, documents) in statistics.DocumentsBySource.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await context.Out.WriteLineAsync($"  {source}: {documents} documents");
        }

        return ExitCode.Ok;
    }
}
