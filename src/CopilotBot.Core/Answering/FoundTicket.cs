using CopilotBot.Knowledge;
using CopilotBot.Retrieval;

namespace CopilotBot.Answering;

/// <param name="Status">As its tracker calls it; empty where it says nothing.</param>
/// <param name="IsOpen">Not resolved as of the last sync.</param>
/// <param name="Candidate">The passage that it was found by.</param>
public sealed record FoundTicket(DocumentHeader Document, string Status, bool IsOpen, Candidate Candidate)
{
    /// <summary>Without its key, which sources put before it.</summary>
    public string Title => Document.Title.StartsWith($"{Document.Key} ", StringComparison.Ordinal) ? Document.Title[(Document.Key.Length + 1)..] : Document.Title;
}
