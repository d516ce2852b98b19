using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Evaluation;

/// <summary>Scores what each pipeline retrieves for the answerable questions of a set, as many passages as an answer is written from.</summary>
public sealed class PassageEvaluator(HybridRetriever retriever, AccessFilter access, IOptions<AnsweringOptions> options)
{
    public async Task<IReadOnlyDictionary<string, PassageReport>> RunAsync(
        SourceName source, IReadOnlyList<AnswerQuestion> questions, UserIdentity user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var allowed = access.GetAllowed(user);
        var reports = new Dictionary<string, PassageReport>();
        var pagesAt1 = new Dictionary<string, double[]>();
        foreach (var pipeline in Enum.GetValues<RetrievalPipeline>())
        {
            var ranks = new List<PassageRanks>();
            var results = new List<RetrievalResult>();
            foreach (var question in questions.Where(question => question.DocId is not null))
            {
                var result = await retriever.SearchAsync(new RetrievalQuery(question.Question, allowed, options.Value.Passages, pipeline), cancellationToken);
                ranks.Add(PassageRanks.Of([.. result.Candidates.Select(candidate => candidate.Indexed.Chunk)], AnswerScoring.RightPages(source, question), question.MustHave));
                results.Add(result);
            }

            var name = RetrievalEvaluator.NameOf(pipeline);
            reports[name] = Summarise(ranks, results, pagesAt1);
            pagesAt1[name] = PageAt(ranks, 1);
        }

        return reports;
    }

    private static PassageReport Summarise(List<PassageRanks> ranks, List<RetrievalResult> results, Dictionary<string, double[]> before)
    {
        double[] ChunksAt(int depth) => [.. ranks.Select(rank => rank.Chunks <= depth ? 1d : 0)];
        var shares = new Dictionary<string, double[]>
        {
            ["pageAt1"] = PageAt(ranks, 1),
            ["pageAt3"] = PageAt(ranks, 3),
            ["pageAt5"] = PageAt(ranks, 5),
            ["answerInChunks1"] = ChunksAt(1),
            ["answerInChunks3"] = ChunksAt(3),
            ["answerInChunks5"] = ChunksAt(5),
        };
        double Mean(string share) => shares[share].DefaultIfEmpty(0).Average();
        return new PassageReport(
            Mean("pageAt1"), Mean("pageAt3"), Mean("pageAt5"), Mean("answerInChunks1"), Mean("answerInChunks3"), Mean("answerInChunks5"),
            shares.ToDictionary(share => share.Key, share => Significance.Ends(share.Value)),
            before.ToDictionary(other => other.Key, other => Significance.PairedP(shares["pageAt1"], other.Value)),
            results.Count == 0 ? 0 : results.Average(result => result.IsComplete ? 1d : 0),
            Latency.Of([.. results.Select(result => result.StagesMs.Values.Sum())]));
    }

    private static double[] PageAt(List<PassageRanks> ranks, int depth) => [.. ranks.Select(rank => rank.Page <= depth ? 1d : 0)];
}
