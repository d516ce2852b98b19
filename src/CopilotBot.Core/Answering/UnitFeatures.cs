using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>
/// Describes the units of retrieved passages against a question, from the token vectors that the index holds: no model runs. Similarities are idf-weighted means
/// over the question's word pieces of the best cosine among some tokens of the passage.
/// </summary>
public static partial class UnitFeatures
{
    private const int RankOfNone = 20;

    private const int LongUnit = 45;

    /// <summary>Names in the order of the feature vector. Those with "rel" are relative to the best unit of the question.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "own", "withHeading", "withContext", "relOwn", "relHeading", "relContext", "before", "after", "leadIn", "chunkBest", "precision", "cosine", "relCosine",
        "exact", "exactAround", "late", "relLate", "rank", "gap", "lateRank", "logWords", "long", "tooShort", "isItem", "isRow", "isCode", "first", "position",
        "pointsBack", "unfinished", "numberWanted", "numberMissing", "durationWanted", "dateWanted", "amountWanted", "personWanted", "placeWanted", "contactWanted",
        "decisionWanted", "negationWanted", "listItemWanted", "stepWanted", "reasonWanted", "names", "namesWanted", "newNumber", "weakest", "novelWords",
        "contextRank", "introduces", "bestPage", "heading", "headingExact", "condition",
    ];

    private static readonly FrozenDictionary<string, int> Indices = Names.Index().ToFrozenDictionary(feature => feature.Item, feature => feature.Index);

    /// <summary>Units of the passages with their features; headers of tables, questions and scraps only serve as context.</summary>
    public static IReadOnlyList<AnswerUnit> Of(GroundingRequest request, int maximumPassages)
    {
        ArgumentNullException.ThrowIfNull(request);
        var question = new AskedWords(request);
        var passages = request.Passages.Take(maximumPassages).ToList();
        var units = passages.SelectMany((passage, rank) => Describe(passage, rank, passages, question)).ToList();
        foreach (var (feature, relative) in ((string, string)[])[("own", "relOwn"), ("withHeading", "relHeading"), ("withContext", "relContext"), ("cosine", "relCosine")])
        {
            SetRelative(units, IndexOf(feature), IndexOf(relative));
        }

        var byContext = units.OrderByDescending(unit => unit.Features[IndexOf("withContext")]).ToList();
        for (var rank = 0; rank < byContext.Count; rank++)
        {
            byContext[rank].Features[IndexOf("contextRank")] = MathF.Log(1 + rank);
            byContext[rank].Features[IndexOf("bestPage")] = byContext[rank].DocumentId == byContext[0].DocumentId ? 1 : 0;
        }

        return units;
    }

    public static int IndexOf(string name) => Indices[name];

    private static void SetRelative(List<AnswerUnit> units, int feature, int relative)
    {
        var best = units.Select(unit => unit.Features[feature]).DefaultIfEmpty(0).Max();
        units.ForEach(unit => unit.Features[relative] = unit.Features[feature] - best);
    }

    private static IEnumerable<AnswerUnit> Describe(Passage passage, int rank, List<Passage> passages, AskedWords question)
    {
        var indexed = passage.Candidate.Indexed;
        var chunk = indexed.Chunk;
        var headingTokens = chunk.Units.Count == 0 ? 0 : chunk.Units[0].FirstToken;
        var heading = question.Best(indexed, 0, headingTokens);
        var best = chunk.Units.Select(unit => question.Best(indexed, unit.FirstToken, unit.TokenCount)).ToList();
        var means = best.Select(question.Mean).ToList();
        var introducing = chunk.Units.Select(unit => unit.LeadIn).ToHashSet();
        for (var i = 0; i < chunk.Units.Count; i++)
        {
            var unit = chunk.Units[i];
            var text = unit.Span.Of(chunk.Text);
            if (unit.Kind == UnitKind.TableHeader || text.EndsWith('?') || UnitWording.IsScrap(unit.Kind, text))
            {
                continue; // no answer by itself, only context
            }

            var leadIn = unit.LeadIn >= 0 ? best[unit.LeadIn] : null;
            var withHeading = Combine(best[i], (heading, .8f), (leadIn, .9f));
            var withContext = Combine(withHeading, (i > 0 ? best[i - 1] : null, .75f), (i + 1 < best.Count ? best[i + 1] : null, .6f));
            var introduces = introducing.Contains(i) && text.TrimEnd().EndsWith(':');
            var (precision, cosine) = question.Compare(indexed, unit);
            int[] around = [i - 1, i, i + 1, unit.LeadIn];
            float[] similarities =
            [
                means[i], question.Mean(withHeading), question.Mean(withContext), 0, 0, 0,
                i > 0 ? means[i - 1] : 0, i + 1 < best.Count ? means[i + 1] : 0, unit.LeadIn >= 0 ? means[unit.LeadIn] : 0, means.Max(), precision, cosine, 0,
                question.Exact(Tokens(i)), question.Exact(Enumerable.Range(0, headingTokens).Concat(around.Where(at => at >= 0 && at < chunk.Units.Count).SelectMany(Range)).Select(IdAt)),
            ];
            var place = PlaceOf(passage, rank, passages);
            var words = Words(text).ToList();
            yield return new AnswerUnit(
                passage,
                i,
                [
                    .. similarities, .. place, .. Form(unit, i, chunk.Units.Count, text, words), .. Wanted(question, unit, text, words),
                    Weakest(withHeading, question.Weights), words.Count == 0 ? 0 : (float)words.Count(word => !question.Stems.Contains(Stem(word))) / words.Count,
                    0, introduces ? 1 : 0, 0, question.Mean(heading), question.Exact(Enumerable.Range(0, headingTokens).Select(IdAt)), UnitWording.HasCondition(text) ? 1 : 0,
                ],
                words.Select(Stem).ToHashSet(StringComparer.Ordinal),
                words.Where(word => question.Words.Contains(word) && (word.Length > 3 || word.Any(char.IsDigit))).ToHashSet(StringComparer.OrdinalIgnoreCase))
            {
                Introduces = introduces,
            };
        }

        IEnumerable<int> Range(int unit) => Enumerable.Range(chunk.Units[unit].FirstToken, chunk.Units[unit].TokenCount);
        int IdAt(int token) => token < indexed.TokenIds.Length ? indexed.TokenIds[token] : -1;
        IEnumerable<int> Tokens(int unit) => Range(unit).Select(IdAt);
    }

    private static float[] PlaceOf(Passage passage, int rank, List<Passage> passages) =>
    [
        passage.Candidate.Late,
        passages.Max(other => other.Candidate.Late) - passage.Candidate.Late,
        MathF.Log(1 + rank),
        (float)(passages[0].Candidate.Score - passage.Candidate.Score),
        MathF.Log(passage.Candidate.LateRank ?? RankOfNone),
    ];

    private static float[] Form(ChunkUnit unit, int index, int count, string text, List<string> words) =>
    [
        MathF.Log(1 + words.Count), words.Count > LongUnit ? 1 : 0, words.Count < 4 ? 1 : 0,
        unit.Kind == UnitKind.ListItem ? 1 : 0, unit.Kind == UnitKind.TableRow ? 1 : 0, unit.Kind == UnitKind.Code ? 1 : 0,
        index == 0 ? 1 : 0, count < 2 ? 0 : (float)index / (count - 1),
        UnitWording.PointsBack(text) ? 1 : 0,
        unit.Kind == UnitKind.Sentence && (char.IsLower(text[0]) || !UnitWording.IsFinished(text)) ? 1 : 0,
    ];

    /// <summary>What the question asks for and the unit has.</summary>
    private static float[] Wanted(AskedWords question, ChunkUnit unit, string text, List<string> words)
    {
        var form = question.Form;
        var isItem = unit.Kind == UnitKind.ListItem;
        var names = Math.Min(3, words.Skip(1).Count(word => char.IsUpper(word[0]) && !question.Words.Contains(word)));
        return
        [
            form.WantsNumber && UnitWording.HasNumber(text) ? 1 : 0,
            form.WantsNumber && !UnitWording.HasNumber(text) ? 1 : 0,
            form.WantsDuration && UnitWording.HasDuration(text) ? 1 : 0,
            form.WantsDate && UnitWording.HasDate(text) ? 1 : 0,
            form.WantsAmount && UnitWording.HasAmount(text) ? 1 : 0,
            form.WantsPerson && UnitWording.HasPerson(text) ? 1 : 0,
            form.WantsPlace && UnitWording.HasPlace(text) ? 1 : 0,
            form.WantsContact && UnitWording.HasContact(text) ? 1 : 0,
            form.WantsDecision && UnitWording.Decides(text) ? 1 : 0,
            form.WantsDecision && UnitWording.Negates(text) ? 1 : 0,
            form.WantsList && isItem ? 1 : 0,
            form.WantsSteps && (isItem || UnitWording.IsStep(text)) ? 1 : 0,
            form.WantsReason && UnitWording.GivesReason(text) ? 1 : 0,
            names,
            form.WantsFact ? names : 0,
            UnitWording.HasNumberBeside(text, question.Text) ? 1 : 0,
        ];
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

    /// <summary>A word in lower case without the endings of number and tense: enough to see that two words are the same.</summary>
    internal static string Stem(string word)
    {
        var stem = word.ToLowerInvariant();
        stem = stem.Length > 5 && stem.EndsWith("ing", StringComparison.Ordinal) ? stem[..^3]
            : stem.Length > 4 && (stem.EndsWith("ed", StringComparison.Ordinal) || stem.EndsWith("es", StringComparison.Ordinal)) ? stem[..^2]
            : stem.Length > 3 && stem.EndsWith('s') ? stem[..^1]
            : stem;
        return stem.Length > 4 && stem.EndsWith('e') ? stem[..^1] : stem;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’.@/-][\p{L}\p{N}]+)*")]
    private static partial Regex Word();
}
