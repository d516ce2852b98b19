using CopilotBot.Answering;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Tests.Indexing;

namespace CopilotBot.Tests.Answering;

/// <summary>Passages and ranked units made of words alone.</summary>
internal static class Units
{
    public static Passage Passage(int number, string title, DateTimeOffset updated, params ChunkUnitText[] units)
    {
        var id = Sample.Id($"{title} {number}");
        var text = string.Join('\n', units.Select(unit => unit.Text));
        var start = 0;
        var chunkUnits = new List<ChunkUnit>();
        foreach (var unit in units)
        {
            chunkUnits.Add(new ChunkUnit(unit.Kind, new TextSpan(start, unit.Text.Length), 0, 0, unit.LeadIn));
            start += unit.Text.Length + 1;
        }

        var chunk = Sample.Chunk(id, 0, title, [], text) with { Units = chunkUnits };
        var header = new DocumentHeader(id, DocumentKind.Page, title, "", $"https://wiki.example/{number}", updated, "1", Sample.Public, "");
        return new Passage(number, new Candidate { Indexed = new IndexedChunk(0, chunk, Sample.Public, [], [], [], 1) }, header);
    }

    public static Passage Passage(params ChunkUnitText[] units) => Passage(1, "Title", DateTimeOffset.UnixEpoch, units);

    /// <summary>The passages as parts of one ticket.</summary>
    public static IReadOnlyList<Passage> Ticket(params Passage[] parts)
    {
        var ticket = parts[0].Document with { Kind = DocumentKind.Ticket };
        return [.. parts.Select(part => part with
        {
            Document = ticket,
            Candidate = part.Candidate with { Indexed = part.Candidate.Indexed with { Chunk = part.Candidate.Indexed.Chunk with { DocumentId = ticket.Id } } },
        })];
    }

    public static ChunkUnitText Sentence(string text) => new(UnitKind.Sentence, text, -1);

    public static ChunkUnitText Item(string text, int leadIn = -1) => new(UnitKind.ListItem, text, leadIn);

    /// <summary>Units of the passages in text order with these probabilities, best first; questions are no units, as in the product.</summary>
    public static IReadOnlyList<RankedUnit> Rank(IReadOnlyList<Passage> passages, params double[] probabilities) =>
    [
        .. passages.SelectMany(passage => passage.Candidate.Indexed.Chunk.Units.Select((_, i) => Unit(passage, i)))
            .Zip(probabilities, (unit, probability) => new RankedUnit(unit, probability))
            .Where(unit => !unit.Unit.Text.EndsWith('?'))
            .OrderByDescending(unit => unit.Probability),
    ];

    private static AnswerUnit Unit(Passage passage, int index)
    {
        var units = passage.Candidate.Indexed.Chunk.Units;
        var unit = new AnswerUnit(passage, index, new float[UnitFeatures.Names.Count], new HashSet<string>(), new HashSet<string>());
        return unit with
        {
            Words = UnitFeatures.Words(unit.Text).Select(UnitFeatures.Stem).ToHashSet(),
            Introduces = unit.Text.EndsWith(':') && units.Any(other => other.LeadIn == index),
        };
    }

    internal sealed record ChunkUnitText(UnitKind Kind, string Text, int LeadIn);
}
