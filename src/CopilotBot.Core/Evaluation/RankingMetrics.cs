using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>
/// Metrics of one ranking as trec_eval defines them (ndcg_cut, recall, recip_rank, map_cut, success), each from 0 to 1. The ranking is taken as it stands:
/// equal scores have been put in order by whoever made it, where trec_eval would order them by document id. A relevance above 1 counts for nDCG only.
/// </summary>
public static class RankingMetrics
{
    /// <summary>All metrics by the name they have in a report.</summary>
    public static IReadOnlyDictionary<string, double> Of(IReadOnlyList<DocumentId> ranking, IReadOnlyDictionary<DocumentId, int> relevant) => new Dictionary<string, double>
    {
        ["ndcgAt10"] = Ndcg(ranking, relevant, 10),
        ["recallAt2"] = Recall(ranking, relevant, 2),
        ["recallAt5"] = Recall(ranking, relevant, 5),
        ["recallAt10"] = Recall(ranking, relevant, 10),
        ["recallAt100"] = Recall(ranking, relevant, 100),
        ["mrrAt10"] = ReciprocalRank(ranking, relevant, 10),
        ["mapAt100"] = AveragePrecision(ranking, relevant, 100),
        ["allRecallAt5"] = Recall(ranking, relevant, 5) >= 1 ? 1 : 0,
        ["hitAt1"] = Recall(ranking, relevant, 1) > 0 ? 1 : 0,
    };

    /// <summary>Discounted cumulative gain over that of the best possible ranking; gain is the relevance, the discount of rank i is log2(i + 1).</summary>
    public static double Ndcg(IReadOnlyList<DocumentId> ranking, IReadOnlyDictionary<DocumentId, int> relevant, int depth)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(relevant);
        var gain = ranking.Take(depth).Select((id, i) => relevant.GetValueOrDefault(id) / Math.Log2(i + 2)).Sum();
        var ideal = relevant.Values.OrderDescending().Take(depth).Select((relevance, i) => relevance / Math.Log2(i + 2)).Sum();
        return ideal == 0 ? 0 : gain / ideal;
    }

    /// <summary>Share of the relevant documents among the first.</summary>
    public static double Recall(IReadOnlyList<DocumentId> ranking, IReadOnlyDictionary<DocumentId, int> relevant, int depth)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(relevant);
        return relevant.Count == 0 ? 0 : (double)ranking.Take(depth).Count(relevant.ContainsKey) / relevant.Count;
    }

    /// <summary>One over the rank of the first relevant document; 0 beyond the depth.</summary>
    public static double ReciprocalRank(IReadOnlyList<DocumentId> ranking, IReadOnlyDictionary<DocumentId, int> relevant, int depth)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(relevant);
        var first = ranking.Take(depth).Index().FirstOrDefault(item => relevant.ContainsKey(item.Item), (-1, default));
        return first.Index < 0 ? 0 : 1d / (first.Index + 1);
    }

    /// <summary>Mean over all relevant documents of the precision at their rank; those beyond the depth count as 0.</summary>
    public static double AveragePrecision(IReadOnlyList<DocumentId> ranking, IReadOnlyDictionary<DocumentId, int> relevant, int depth)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(relevant);
        double sum = 0;
        var found = 0;
        for (var i = 0; i < Math.Min(depth, ranking.Count); i++)
        {
            if (relevant.ContainsKey(ranking[i]))
            {
                sum += (double)++found / (i + 1);
            }
        }

        return relevant.Count == 0 ? 0 : sum / relevant.Count;
    }
}
