using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>A unit of a retrieved passage that could be part of the answer.</summary>
/// <param name="Index">Its index among the chunk's units.</param>
/// <param name="Features">See <see cref="UnitFeatures"/>.</param>
/// <param name="Words">Its words without their endings.</param>
/// <param name="SharedWords">Words of four letters or with a digit that it shares with the question.</param>
public sealed record AnswerUnit(Passage Passage, int Index, float[] Features, IReadOnlySet<string> Words, IReadOnlySet<string> SharedWords)
{
    /// <summary>It introduces the items after it and says nothing by itself ("Bring the following:").</summary>
    public bool Introduces { get; init; }

    /// <summary>Of its own words to the question, without heading or context.</summary>
    public float OwnSimilarity => Features[0];

    public ChunkUnit Unit => Passage.Candidate.Indexed.Chunk.Units[Index];

    public DocumentId DocumentId => Passage.Candidate.Indexed.Chunk.DocumentId;

    public string Text => TextOf(Index);

    /// <summary>Words of the unit that introduces it, or of the header of its row; null when there is none.</summary>
    public string? LeadIn => Unit.LeadIn < 0 ? null : TextOf(Unit.LeadIn);

    private string TextOf(int index) => Passage.Candidate.Indexed.Chunk.Units[index].Span.Of(Passage.Candidate.Indexed.Chunk.Text);
}
