namespace CopilotBot.Extraction;

/// <summary>What is known beside the message itself.</summary>
/// <param name="Now">When the message was written, in the person's time zone: "by Friday" is read from here.</param>
/// <param name="Author">Name of who wrote it.</param>
/// <param name="Thread">What was said before in the thread, oldest first; empty when nothing was or nothing may be read.</param>
public sealed record ExtractionContext(DateTimeOffset Now, string Author, IReadOnlyList<string> Thread);
