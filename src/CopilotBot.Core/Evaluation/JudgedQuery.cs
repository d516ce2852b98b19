using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <param name="Relevant">Relevance, at least 1, by document; never empty.</param>
/// <param name="Exclude">Documents that are taken out of the results, such as the report that the query was made from.</param>
public sealed record JudgedQuery(string Id, string Text, IReadOnlyDictionary<DocumentId, int> Relevant, IReadOnlySet<DocumentId> Exclude);
