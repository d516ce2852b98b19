using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;
using Microsoft.Extensions.AI;

namespace CopilotBot.Answering;

/// <summary>
/// Answers without a language model: quotes the sentences, list items and table rows that answer, with [n] behind each, or replies
/// <see cref="GroundingRequest.NoEvidence"/>. It is a chat client like any other model, so nothing around it differs.
/// </summary>
public sealed partial class AnswerExtractor(ExtractorModel model) : IChatClient
{
    /// <summary>Passages that are read.</summary>
    public const int MaximumPassages = 6;

    private const int MaximumDocuments = 3;

    private const int MaximumUnits = 6;

    private const int WordBudget = 78;

    /// <summary>Units less likely than this share of the best one add words rather than an answer.</summary>
    private const double MinimumShare = 1d / 12;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = GroundingRequest.From(options)
            ?? throw new ArgumentException("The extractor works on retrieved passages: pass a GroundingRequest in the chat options.", nameof(options));
        var (text, confidence) = Extract(request);
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { ModelId = "extractor" };
        GroundingRequest.SetConfidence(response, confidence);
        return Task.FromResult(response);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
    }

    private (string Text, double Confidence) Extract(GroundingRequest request)
    {
        if (request.Passages.Count == 0)
        {
            return (GroundingRequest.NoEvidence, 0);
        }

        var units = UnitFeatures.Of(request, MaximumPassages).Select(unit => (Unit: unit, Probability: model.UnitProbability(unit.Features)))
            .OrderByDescending(unit => unit.Probability).ToList();
        var confidence = model.EvidenceProbability(EvidenceFeatures.Of(request, [.. units.Select(unit => unit.Probability)], units.Select(unit => unit.Unit.OwnSimilarity).DefaultIfEmpty(0).Max()));
        return units.Count == 0 || confidence < model.Threshold ? (GroundingRequest.NoEvidence, confidence) : (Compose(Select(units)), confidence);
    }

    /// <summary>Best units for their length first, no two that say the same, within the budgets.</summary>
    public static IReadOnlyList<AnswerUnit> Select(IReadOnlyList<(AnswerUnit Unit, double Probability)> ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        if (ranked.Count == 0)
        {
            return [];
        }

        // Probability for its length: two short sentences often hold more than one long one.
        var best = ranked.Max(unit => unit.Probability);
        var neighbours = FindNeighbours([.. ranked.Select(unit => unit.Unit).Where(unit => unit.Unit.Kind == UnitKind.TableRow)]);
        var chosen = new List<AnswerUnit>();
        var words = 0;
        foreach (var (unit, probability) in ranked.OrderByDescending(unit => unit.Probability / Math.Sqrt(4 + unit.Unit.Text.Split(' ').Length)))
        {
            if (chosen.Count >= MaximumUnits || (chosen.Count > 0 && probability < best * MinimumShare))
            {
                break;
            }

            if (neighbours.Contains(unit))
            {
                continue;
            }

            var size = Render(unit).Split(' ').Length;
            var documents = chosen.Select(other => other.Passage.Candidate.Indexed.Chunk.DocumentId).Append(unit.Passage.Candidate.Indexed.Chunk.DocumentId).Distinct().Count();
            if (documents <= MaximumDocuments && (chosen.Count == 0 || words + size <= WordBudget) && !chosen.Exists(other => SayTheSame(other, unit)))
            {
                chosen.Add(unit);
                words += size;
            }
        }

        return chosen;
    }

    /// <summary>The chosen units, those of the best passage first, in the order in which they stand there.</summary>
    public static string Compose(IReadOnlyList<AnswerUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var text = new StringBuilder();
        foreach (var passage in units.GroupBy(unit => unit.Passage.Number))
        {
            foreach (var unit in passage.OrderBy(unit => unit.Index))
            {
                text.Append(Render(unit)).Append(" [").Append(unit.Passage.Number).Append("]\n");
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>A unit as it reads on its own: a row with its column names, a short item with the words that introduce it.</summary>
    private static string Render(AnswerUnit unit)
    {
        var chunk = unit.Passage.Candidate.Indexed.Chunk;
        var leadIn = unit.Unit.LeadIn >= 0 ? chunk.Units[unit.Unit.LeadIn] : null;
        var text = unit.Unit.Kind switch
        {
            UnitKind.TableRow => RenderRow(unit.Text, leadIn?.Span.Of(chunk.Text)),
            UnitKind.ListItem when leadIn is not null && leadIn.Span.Length <= 120 && leadIn.Span.Of(chunk.Text).TrimEnd().EndsWith(':') => $"{leadIn.Span.Of(chunk.Text)} {unit.Text}",
            _ => unit.Text,
        };

        // "[15]" in a page would read as a citation.
        return BracketedNumber().Replace(WhiteSpace().Replace(text, " "), "$1").Trim();
    }

    private static string RenderRow(string row, string? header)
    {
        var cells = row.Split(" | ");
        var names = header?.Split(" | ");
        return names is null || names.Length != cells.Length
            ? string.Join(cells.Length == 2 ? ": " : "; ", cells.Where(cell => cell.Length > 0)) // two columns without a header are names and values
            : string.Join("; ", names.Zip(cells).Where(pair => pair.Second.Length > 0).Select(pair => pair.First.Length == 0 ? pair.Second : $"{pair.First}: {pair.Second}"));
    }

    /// <summary>
    /// Rows beside the one that was asked for: another row of the table has the code or number of the question and this one none, or has every word of
    /// the question that this one has, and more, and fits better. Rows that only a reader can choose between ("up to 500 euros", "up to 5,000 euros") all stay.
    /// </summary>
    private static HashSet<AnswerUnit> FindNeighbours(IReadOnlyList<AnswerUnit> rows)
    {
        var neighbours = new HashSet<AnswerUnit>();
        foreach (var table in rows.GroupBy(row => (row.Passage.Number, row.Unit.LeadIn)))
        {
            neighbours.UnionWith(table.Where(row => table.Any(other =>
                (HoldsCode(other.SharedWords) && !HoldsCode(row.SharedWords))
                || (other.OwnSimilarity > row.OwnSimilarity && row.SharedWords.IsProperSubsetOf(other.SharedWords)))));
        }

        return neighbours;
    }

    private static bool HoldsCode(IEnumerable<string> words) => words.Any(word => word.Any(char.IsDigit));

    private static bool SayTheSame(AnswerUnit left, AnswerUnit right)
    {
        var (first, second) = (WordSet(left), WordSet(right));
        return first.Count(second.Contains) > .8 * Math.Min(first.Count, second.Count);
    }

    private static HashSet<string> WordSet(AnswerUnit unit) => UnitFeatures.Words(unit.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\[(\d{1,3})\]")]
    private static partial Regex BracketedNumber();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
