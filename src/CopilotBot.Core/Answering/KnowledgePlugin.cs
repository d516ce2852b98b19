using System.ComponentModel;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using Microsoft.SemanticKernel;

namespace CopilotBot.Answering;

/// <summary>Retrieval as a kernel function.</summary>
internal sealed class KnowledgePlugin(HybridRetriever retriever, IDocumentStore documents, AnsweringOptions options)
{
    public const string Name = "knowledge";

    public const string Search = "search";

    [KernelFunction(Search)]
    [Description("Finds the passages of pages and tickets that the asker may read and that fit a question best.")]
    public async Task<GroundingRequest> SearchAsync(
        [Description("The question in plain words.")] string question,
        [Description("What the asker may read; set by the orchestrator, never by a model.")] AllowedSets allowed,
        CancellationToken cancellationToken)
    {
        var retrieval = await retriever.SearchAsync(new RetrievalQuery(question, allowed, options.Passages), cancellationToken);

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
