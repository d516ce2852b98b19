using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>A unit of a retrieved passage that could be part of the answer.</summary>
/// <param name="Index">Its index among the chunk's units.</param>
/// <param name="Features">See <see cref="UnitFeatures"/>.</param>
/// <param name="SharedWords">Words of four letters or with a digit that it shares with the question.</param>
public sealed record AnswerUnit(Passage Passage, int Index, float[] Features, IReadOnlySet<string> SharedWords)
{
    /// <summary>Of its own words to the question, without heading or context.</summary>
    public float OwnSimilarity => Features[0];

    public ChunkUnit Unit => Passage.Candidate.Indexed.Chunk.Units[Index];

    public string Text => Unit.Span.Of(Passage.Candidate.Indexed.Chunk.Text);
}
