namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>What is wrong with what people see in a conversation.</summary>
/// <param name="Lost">Answers that nobody sees.</param>
/// <param name="Duplicated">Answers and cards that are there once more than they should.</param>
/// <param name="Orphans">Placeholders that nothing will ever replace; ugly, not wrong.</param>
/// <param name="Complaints">All that is wrong in words, the lost and the doubled included.</param>
internal sealed record TranscriptVerdict(int Lost, int Duplicated, int Orphans, IReadOnlyList<string> Complaints);
