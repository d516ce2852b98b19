using CopilotBot.Knowledge;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>A text that the real encoder has read.</summary>
internal sealed record EncodedText(string Text, TextEncoding Encoding);
