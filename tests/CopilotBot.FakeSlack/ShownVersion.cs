using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>One state of a message.</summary>
/// <param name="Text">The text argument: what is read where there are no blocks, and in notifications.</param>
/// <param name="MarkdownText">The markdown_text argument.</param>
public sealed record ShownVersion(string Text, string? MarkdownText, IReadOnlyList<JsonElement> Blocks, DateTimeOffset At);
