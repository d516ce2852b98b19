using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <param name="Text">The question as asked.</param>
/// <param name="Allowed">What the asker, or the whole audience, may read; nothing else takes part.</param>
/// <param name="Top">Results wanted.</param>
/// <param name="Pipeline">Less than all of it only to be measured.</param>
public sealed record RetrievalQuery(string Text, AllowedSets Allowed, int Top = 10, RetrievalPipeline Pipeline = RetrievalPipeline.Full)
{
    /// <summary>Documents that take no part, such as the ticket that the text was taken from: a copy of it would otherwise be left out in its favour.</summary>
    public IReadOnlySet<DocumentId> Exclude { get; init; } = new HashSet<DocumentId>();

    /// <summary>
    /// Near-duplicates stay in: for whoever looks for them, as for reports of the same fault, and where documents are judged one by one. Who reads passages is
    /// better served without.
    /// </summary>
    public bool KeepCopies { get; init; }
}
