using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;

namespace CopilotBot.Channels.Teams;

/// <summary>The message extension: passages for the compose box, only such as the person who searches may read. Inserting one is their own doing.</summary>
internal sealed class KnowledgeSearch(HybridRetriever retriever, IDocumentStore documents, AccessFilter access, SourceRecheck recheck, TeamsPeople people, TimeProvider time)
{
    private const int Results = 8;

    /// <summary>Passages that a document may have among those found, of which the best stands for it: titles tell results apart, so none comes twice.</summary>
    private const int PassagesEach = 4;

    public async Task<JsonObject> FindAsync(TeamsActivity activity, CancellationToken cancellationToken)
    {
        var words = Parameter(activity.Value, "query") ?? Parameter(activity.Value, null);
        if (QuestionText.FindProblem(words) is not null)
        {
            return TeamsCards.SearchMessage("Type what you are looking for.");
        }

        var user = await people.FindAsync(TeamsAddress.Of(activity, activity.Conversation), cancellationToken);
        var allowed = access.GetAllowed(user);
        var found = await retriever.SearchAsync(new RetrievalQuery(words!.Trim(), allowed, PassagesEach * Results), cancellationToken); // FindProblem knows null
        var headers = documents.GetHeaders([.. found.Candidates.Select(candidate => candidate.Indexed.Chunk.DocumentId).Distinct()]);
        var readable = found.Candidates
            .Where(candidate => headers.TryGetValue(candidate.Indexed.Chunk.DocumentId, out var header) && allowed.Contains(header.AccessSet))
            .Select(candidate => (candidate.Indexed.Chunk, Header: headers[candidate.Indexed.Chunk.DocumentId]))
            .DistinctBy(result => result.Chunk.DocumentId)
            .ToList();
        var refused = await recheck.FindRefusedAsync(
            user, without => [.. readable.Select(result => result.Header).Where(header => !without.Contains(header.Id)).Take(Results)], cancellationToken);
        var results = readable.Where(result => !refused.Contains(result.Header.Id)).Take(Results)
            .Select(result => TeamsCards.SearchResult(CitationOf(result.Header, result.Chunk), time.GetUtcNow()))
            .ToList();
        return results.Count == 0 ? TeamsCards.SearchMessage("Nothing was found that you may read.") : TeamsCards.SearchResults(results);
    }

    private static Citation CitationOf(DocumentHeader header, Chunk chunk) =>
        new(1, header.Id, chunk.Id, header.Title, chunk.Anchor.Length == 0 ? header.Url : $"{header.Url}#{Uri.EscapeDataString(chunk.Anchor)}", chunk.Anchor, chunk.HeadingPath, header.Updated, chunk.Text);

    /// <param name="name">Null takes the first parameter that is not the sign of the first run.</param>
    private static string? Parameter(JsonElement value, string? name) =>
        WireJson.Property(value, "parameters") is { ValueKind: JsonValueKind.Array } parameters
            ? parameters.EnumerateArray().Where(parameter => name is null ? WireJson.Text(parameter, "name") != "initialRun" : WireJson.Text(parameter, "name") == name)
                .Select(parameter => WireJson.Text(parameter, "value")).FirstOrDefault()
            : null;
}
