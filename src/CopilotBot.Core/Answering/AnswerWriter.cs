using System.Globalization;
using System.Text;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>Puts verified sentences together: citations numbered in order of appearance, links from stored documents only.</summary>
internal static class AnswerWriter
{
    /// <summary>Similarity of a passage to the question from which its page is worth a look although it does not answer; see docs/retrieval.md.</summary>
    private const float MinimumNearness = .5f;

    /// <param name="isShared">Others will see the answer too.</param>
    public static Answer Write(TurnId turn, IReadOnlyList<VerifiedSentence> verified, GroundingRequest grounding, bool isShared)
    {
        if (verified.Count == 0)
        {
            return WriteNoEvidence(turn, grounding, isShared ? "everybody here" : "you");
        }

        var citations = new List<Citation>();
        var text = new StringBuilder();
        var (sentences, disagreements) = Disagreements.Settle(grounding.Question, verified);
        foreach (var sentence in sentences)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(sentence.Text);
            foreach (var passage in sentence.Passages)
            {
                text.Append(" [").Append(NumberOf(passage, sentence.Quote)).Append(']');
            }
        }

        foreach (var (current, outdated) in disagreements)
        {
            var document = outdated.Passages[0].Document;
            var (older, newer) = (NumberOf(outdated.Passages[0], outdated.Quote), NumberOf(current.Passages[0], current.Quote));
            text.Append(CultureInfo.InvariantCulture, $"\n“{document.Title}” [{older}], last changed {document.Updated:yyyy-MM-dd}, says otherwise and is outdated by [{newer}]: {outdated.Text.TrimStart('-', ' ')}");
        }

        return new Answer
        {
            TurnId = turn,
            Outcome = AnswerOutcome.Grounded,
            Text = text.ToString(),
            Citations = citations,
            Retrieved = Retrieved(grounding),
            DocumentsSearched = grounding.Retrieval.DocumentsSearched,
        };

        int NumberOf(Passage passage, string quote)
        {
            var chunk = passage.Candidate.Indexed.Chunk;
            var known = citations.Find(citation => citation.ChunkId == chunk.Id);
            if (known is null)
            {
                known = Cite(citations.Count + 1, passage.Document, chunk, quote);
                citations.Add(known);
            }

            return known.Number;
        }
    }

    /// <param name="number">From 1.</param>
    public static Citation Cite(int number, DocumentHeader document, Chunk chunk, string quote) =>
        new(number, chunk.DocumentId, chunk.Id, document.Title, LinkTo(document, chunk.Anchor), chunk.Anchor, chunk.HeadingPath, document.Updated, quote);

    /// <summary>
    /// Says what was searched and offers the nearest page. Number and page come from the asker's view, which holds only what they may read: what is hidden
    /// from them changes nothing here, as if it had never been indexed.
    /// </summary>
    private static Answer WriteNoEvidence(TurnId turn, GroundingRequest grounding, string readers)
    {
        var nearest = grounding.Passages.Count > 0 && grounding.Passages[0].Candidate.Late >= MinimumNearness ? grounding.Passages[0] : null;
        return new Answer
        {
            TurnId = turn,
            Outcome = AnswerOutcome.NoEvidence,
            Text = grounding.Retrieval.DocumentsSearched switch
            {
                0 => $"I don't know: there is no page or ticket that {readers} may read.",
                1 => $"I don't know: I looked through the one page or ticket that {readers} may read and found no answer.",
                _ => string.Create(CultureInfo.InvariantCulture, $"I don't know: I looked through {grounding.Retrieval.DocumentsSearched:N0} pages and tickets that {readers} may read and found no answer."),
            },
            Related = nearest is null ? null : new RelatedPage(nearest.Document.Id, nearest.Document.Title, LinkTo(nearest.Document, nearest.Candidate.Indexed.Chunk.Anchor)),
            DocumentsSearched = grounding.Retrieval.DocumentsSearched,
        };
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
