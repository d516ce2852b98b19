namespace CopilotBot.Indexing.Embedded;

/// <summary>How much of a passage file a commit vouches for; anything past it was left by a crash.</summary>
internal sealed record PassageFileLength(int Number, int Rows, long PayloadBytes);
