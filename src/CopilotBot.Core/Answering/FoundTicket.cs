using CopilotBot.Knowledge;
using CopilotBot.Retrieval;

namespace CopilotBot.Answering;

/// <param name="Status">As its tracker calls it; empty where it says nothing.</param>
/// <param name="IsOpen">Not resolved as of the last sync.</param>
/// <param name="Candidate">The passage that it was found by.</param>
public sealed record FoundTicket(DocumentHeader Document, string Status, bool IsOpen, Candidate Candidate);
