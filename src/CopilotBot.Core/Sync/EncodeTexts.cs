using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>Encodes texts, in their order.</summary>
public delegate Task<IReadOnlyList<TextEncoding>> EncodeTexts(IReadOnlyList<string> texts, CancellationToken cancellationToken);
