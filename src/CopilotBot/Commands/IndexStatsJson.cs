using CopilotBot.Indexing;

namespace CopilotBot.Commands;

/// <summary>What <c>index stats --json</c> prints.</summary>
internal sealed record IndexStatsJson(int Documents, int Chunks, long Tokens, long Generation, long Bytes, IReadOnlyDictionary<string, int> DocumentsBySource)
{
    public static IndexStatsJson Of(IndexStatistics statistics) => new(
        statistics.Documents, statistics.Chunks, statistics.Tokens, statistics.Generation, statistics.Bytes, statistics.DocumentsBySource);
}
