using System.Text;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>Puts verified sentences together: citations numbered in order of appearance, links from stored documents only.</summary>
internal static class AnswerWriter
{
    public static Answer Write(TurnId turn, IReadOnlyList<VerifiedSentence> sentences, GroundingRequest grounding)
    {
        if (sentences.Count == 0)
        {
            return new Answer { TurnId = turn, Outcome = AnswerOutcome.NoEvidence, Text = CopilotOrchestrator.NoEvidenceText };
        }

        var citations = new List<Citation>();
        var text = new StringBuilder();
        foreach (var sentence in sentences)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(sentence.Text);
            foreach (var passage in sentence.Passages)
            {
                text.Append(" [").Append(NumberOf(passage, sentence.Quote)).Append(']');
            }
        }

        return new Answer { TurnId = turn, Outcome = AnswerOutcome.Grounded, Text = text.ToString(), Citations = citations, Retrieved = Retrieved(grounding) };

        int NumberOf(Passage passage, string quote)
        {
            var chunk = passage.Candidate.Indexed.Chunk;
            var known = citations.Find(citation => citation.ChunkId == chunk.Id);
            if (known is null)
            {
                known = new Citation(
                    citations.Count + 1, chunk.DocumentId, chunk.Id, passage.Document.Title, LinkTo(passage.Document, chunk.Anchor), chunk.Anchor, chunk.HeadingPath,
                    passage.Document.Updated, quote);
                citations.Add(known);
            }

            return known.Number;
        }
    }

    public static IReadOnlyList<RetrievedChunk> Retrieved(GroundingRequest? grounding) =>
    [
        .. (grounding?.Passages ?? []).Select(passage => passage.Candidate).Select(candidate => new RetrievedChunk(
            candidate.Indexed.Chunk.Id, candidate.Indexed.Chunk.DocumentId, candidate.LexicalRank, candidate.DenseRank, candidate.FusedRank, candidate.LateRank, candidate.Score)),
    ];

    /// <summary>The source's page at the heading, or the bot's own page of the document where the source has none.</summary>
    private static string LinkTo(DocumentHeader document, string anchor)
    {
        var page = document.Url.Length > 0 ? document.Url : $"/documents/{Uri.EscapeDataString(document.Id.Value)}";
        return anchor.Length == 0 ? page : $"{page}#{Uri.EscapeDataString(anchor)}";
    }
}
