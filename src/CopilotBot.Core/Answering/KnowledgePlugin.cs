using System.ComponentModel;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using Microsoft.SemanticKernel;

namespace CopilotBot.Answering;

/// <summary>Retrieval as a kernel function.</summary>
internal sealed class KnowledgePlugin(HybridRetriever retriever, IDocumentStore documents, SourceRecheck recheck, AnsweringOptions options)
{
    public const string Name = "knowledge";

    public const string Search = "search";

    /// <summary>Searches for one question: where sources refuse more and more of what is found, as when one is down, what is left of the last is enough.</summary>
    private const int MostSearches = 3;

    [KernelFunction(Search)]
    [Description("Finds the passages of pages and tickets that the asker may read and that fit a question best.")]
    public async Task<GroundingRequest> SearchAsync(
        [Description("The question in plain words.")] string question,
        [Description("Who asks; set by the orchestrator, never by a model.")] UserIdentity user,
        [Description("What the asker may read; set by the orchestrator, never by a model.")] AllowedSets allowed,
        CancellationToken cancellationToken)
    {
        var budget = recheck.Begin();
        var refused = new HashSet<DocumentId>();
        for (var search = 1; ; search++)
        {
            var request = await SearchOnceAsync(question, allowed, refused, cancellationToken);
            var more = await recheck.FindRefusedAsync(user, [.. request.Passages.Select(passage => passage.Document)], budget, cancellationToken);
            refused.UnionWith(more);
            if (more.Count == 0 || search == MostSearches)
            {
                return Without(refused, request);
            }
        }
    }

    /// <summary>As if what is left out had never been indexed, down to the number of documents searched.</summary>
    private static GroundingRequest Without(HashSet<DocumentId> refused, GroundingRequest request)
    {
        var passages = request.Passages.Where(passage => !refused.Contains(passage.Document.Id)).Select((passage, i) => passage with { Number = i + 1 }).ToList();
        return request with
        {
            Passages = passages,
            Retrieval = request.Retrieval with
            {
                Candidates = [.. passages.Select(passage => passage.Candidate)],
                DocumentsSearched = request.Retrieval.DocumentsSearched - refused.Count(document => !document.IsPart),
            },
        };
    }

    private async Task<GroundingRequest> SearchOnceAsync(string question, AllowedSets allowed, HashSet<DocumentId> refused, CancellationToken cancellationToken)
    {
        var retrieval = await retriever.SearchAsync(new RetrievalQuery(question, allowed, options.Passages) { Exclude = refused }, cancellationToken);

        // Checked once more against the state: a revocation commits there before it reaches the index.
        var headers = documents.GetHeaders([.. retrieval.Candidates.Select(candidate => candidate.Indexed.Chunk.DocumentId).Distinct()]);
        var readable = retrieval.Candidates.Where(candidate =>
            headers.TryGetValue(candidate.Indexed.Chunk.DocumentId, out var header) && allowed.Contains(header.AccessSet)).ToList();
        return new GroundingRequest(
            question,
            [.. readable.Select((candidate, i) => new Passage(i + 1, candidate, headers[candidate.Indexed.Chunk.DocumentId]))],
            retrieval with { Candidates = readable });
    }
}
