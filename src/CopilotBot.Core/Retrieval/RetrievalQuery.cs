using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <param name="Text">The question as asked.</param>
/// <param name="Allowed">What the asker, or the whole audience, may read; nothing else takes part.</param>
/// <param name="Top">Results wanted.</param>
public sealed record RetrievalQuery(string Text, AllowedSets Allowed, int Top = 10);
