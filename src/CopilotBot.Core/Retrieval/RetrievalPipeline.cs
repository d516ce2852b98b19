namespace CopilotBot.Retrieval;

/// <summary>How far retrieval goes: each value does what those before it do, but that dense stands alone as BM25 does. People are always answered with all of it.</summary>
public enum RetrievalPipeline
{
    Bm25,
    Dense,

    /// <summary>Both, fused by z-scores.</summary>
    Fused,

    /// <summary>And late interaction.</summary>
    Late,

    /// <summary>And everything else that is configured.</summary>
    Full,
}
