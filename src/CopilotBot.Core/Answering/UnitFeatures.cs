using System.Text.RegularExpressions;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;

namespace CopilotBot.Answering;

/// <summary>
/// Describes the units of retrieved passages against a question, from the token vectors that the index holds: no model runs. Similarities are idf-weighted means
/// over the question's word pieces of the best cosine among some tokens of the passage.
/// </summary>
public static partial class UnitFeatures
{
    /// <summary>Names in the order of the feature vector.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "own", "withHeading", "withContext", "passageLate", "passageRank", "passageGap", "logWords", "tooShort", "isItem", "isRow", "isCode",
        "numberWanted", "contactWanted", "yesNoModal", "listItemWanted", "stepItem", "weakestWord", "first", "novelWords",
    ];

    /// <summary>Units of the passages with their features; headers of tables and questions only serve as context.</summary>
    public static IReadOnlyList<AnswerUnit> Of(GroundingRequest request, int maximumPassages)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = Int8Vectors.QuantiseQueryRows(request.Retrieval.Query.TokenVectors, request.Retrieval.Query.TokenDimensions);
        float[] weights = [.. request.Retrieval.QueryWeights];
        var form = QuestionForm.Of(request.Question);
        var questionWords = Words(request.Question).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var units = new List<AnswerUnit>();
        var passages = request.Passages.Take(maximumPassages).ToList();
        for (var rank = 0; rank < passages.Count; rank++)
        {
            var gap = rank == 0 ? 0 : (float)(passages[0].Candidate.Score - passages[rank].Candidate.Score);
            Add(passages[rank], rank, gap);
        }

        return units;

        void Add(Passage passage, int rank, float gap)
        {
            var indexed = passage.Candidate.Indexed;
            var chunk = indexed.Chunk;
            var prefix = Best(indexed, 0, chunk.Units.Count == 0 ? 0 : chunk.Units[0].FirstToken);
            var best = chunk.Units.Select(unit => Best(indexed, unit.FirstToken, unit.TokenCount)).ToList();
            for (var i = 0; i < chunk.Units.Count; i++)
            {
                var unit = chunk.Units[i];
                var text = unit.Span.Of(chunk.Text);
                if (unit.Kind == UnitKind.TableHeader || text.EndsWith('?'))
                {
                    continue; // no answer by itself, only context
                }

                var leadIn = unit.LeadIn >= 0 ? best[unit.LeadIn] : null;
                var (before, after) = (i > 0 ? best[i - 1] : null, i + 1 < best.Count ? best[i + 1] : null);
                var withHeading = Combine(best[i], (prefix, .8f), (leadIn, .9f));
                var withContext = Combine(withHeading, (before, .75f), (after, .6f));
                var words = Words(text).ToList();
                units.Add(new AnswerUnit(passage, i,
                [
                    LateInteractionReranker.WeightedMean(best[i], weights),
                    LateInteractionReranker.WeightedMean(withHeading, weights),
                    LateInteractionReranker.WeightedMean(withContext, weights),
                    passage.Candidate.Late,
                    rank,
                    gap,
                    MathF.Log(1 + words.Count),
                    words.Count < 4 ? 1 : 0,
                    unit.Kind == UnitKind.ListItem ? 1 : 0,
                    unit.Kind == UnitKind.TableRow ? 1 : 0,
                    unit.Kind == UnitKind.Code ? 1 : 0,
                    form.WantsNumber && NumberText().IsMatch(text) ? 1 : 0,
                    form.WantsContact && ContactText().IsMatch(text) ? 1 : 0,
                    form.IsYesNo && ModalText().IsMatch(text) ? 1 : 0,
                    form.WantsList && unit.Kind == UnitKind.ListItem ? 1 : 0,
                    form.WantsSteps && (unit.Kind == UnitKind.ListItem || StepText().IsMatch(text)) ? 1 : 0,
                    Weakest(withHeading, weights),
                    i == 0 ? 1 : 0,
                    words.Count == 0 ? 0 : (float)words.Count(word => !questionWords.Contains(word)) / words.Count,
                ],
                words.Where(word => questionWords.Contains(word) && (word.Length > 3 || word.Any(char.IsDigit))).ToHashSet(StringComparer.OrdinalIgnoreCase)));
            }
        }

        float[] Best(IndexedChunk indexed, int first, int count)
        {
            var best = new float[weights.Length];
            var end = Math.Min(first + count, indexed.TokenIds.Length);
            var start = Math.Min(first, end);
            LateInteractionReranker.BestSimilarities(
                query, indexed.TokenVectors.AsSpan(start * indexed.TokenDimensions, (end - start) * indexed.TokenDimensions), indexed.TokenDimensions, best);
            return best;
        }
    }

    /// <summary>The best of several similarities per question token, each discounted.</summary>
    private static float[] Combine(float[] own, params ReadOnlySpan<(float[]? Best, float Discount)> others)
    {
        var combined = (float[])own.Clone();
        foreach (var (best, discount) in others)
        {
            for (var i = 0; best is not null && i < combined.Length; i++)
            {
                combined[i] = Math.Max(combined[i], discount * best[i]);
            }
        }

        return combined;
    }

    /// <summary>Similarity of the heaviest third of the question's word pieces: the words that carry it.</summary>
    private static float Weakest(float[] best, float[] weights)
    {
        var heavy = Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).Take(Math.Max(1, weights.Length / 3)).ToList();
        return heavy.Count == 0 || weights.Length == 0 ? 0 : heavy.Min(i => best[i]);
    }

    internal static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’.@/-][\p{L}\p{N}]+)*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|daily|weekly|monthly|annually|yearly|half|quarter|quarterly)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NumberText();

    [GeneratedRegex(@"\S@\S|#\w|\bslack\b|\bchannel\b|\bcontact\b|\bemail\b|\bask\b|\breach out\b|\(?\d{3}\)?[ -]\d{3}|https?://|\b[\w-]+\.(?:gov|com|org|net|io|example)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ContactText();

    [GeneratedRegex(@"\b(?:can|cannot|can't|may|must|should|shouldn't|not|never|no|only|allowed|required|need|needs|prohibited|permitted|eligible|always|optional|do not|don't|isn't|aren't|won't)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ModalText();

    [GeneratedRegex(@"^(?:\d+[.)]\s*)?(?:go to|open|click|select|use|visit|submit|complete|fill|send|request|contact|ask|log|sign|run|create|add|check|email|follow|install|choose|enter)\b", RegexOptions.IgnoreCase)]
    private static partial Regex StepText();
}
