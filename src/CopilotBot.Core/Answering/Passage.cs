using CopilotBot.Knowledge;
using CopilotBot.Retrieval;

namespace CopilotBot.Answering;

/// <summary>A numbered passage that an answer may cite.</summary>
/// <param name="Number">From 1; what a model writes in brackets.</param>
/// <param name="Document">Its document as stored now.</param>
public sealed record Passage(int Number, Candidate Candidate, DocumentHeader Document);
