using System.Globalization;
using System.Text.RegularExpressions;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Tickets;

/// <summary>What a person wrote into the form of a draft.</summary>
/// <param name="Kind">Project and type as "VPN/10001"; null where the form did not ask.</param>
/// <param name="Values">By id of the field, "comment" and "status": texts, or ids of allowed values. A field that is not there is left as it is, an empty one is emptied.</param>
internal sealed partial record TicketForm(string? Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    public static TicketForm Empty { get; } = new(null, new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>What is wrong with it, by field; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string> FindProblems(TicketDraft draft) => (draft.Type?.Fields ?? [])
        .Where(field => Values.TryGetValue(field.Id, out var values) && values.Count > 0)
        .Select(field => (field.Id, Problem: ProblemOf(field, Values[field.Id])))
        .Where(found => found.Problem is not null)
        .ToDictionary(found => found.Id, found => found.Problem!); // filtered

    /// <summary>What the person changed; what they left as it was is not here, so that it keeps its evidence.</summary>
    /// <param name="type">The type that the draft has from now on; null for a change to a ticket.</param>
    public IReadOnlyList<FieldValue> ReadChanges(TicketDraft draft, TicketType? type)
    {
        IEnumerable<(TicketField Field, string? Before)> fields = draft.Action == TicketAction.Update
            ? [(TextField(TicketCompleteness.Comment), draft.Comment), (TextField(TicketCompleteness.Status), draft.Status)]
            : (type?.Fields ?? []).Select(field => (field, draft.TextOf(field.Id)));
        return [.. fields.Where(field => Values.ContainsKey(field.Field.Id)).Select(field => (Value: Read(field.Field, Values[field.Field.Id]), field.Before)).Where(read => read.Value.Text != (read.Before ?? "")).Select(read => read.Value)];
    }

    private static TicketField TextField(string id) => new(id, id, TicketFieldKind.LongText, IsRequired: false, []);

    private static FieldValue Read(TicketField field, IReadOnlyList<string> values)
    {
        List<string> given = [.. values.Select(value => value.Trim()).Where(value => value.Length > 0)];
        return field.Kind switch
        {
            TicketFieldKind.Choice or TicketFieldKind.Choices when field.Allowed.Count > 0 => OfAllowed(field, given),
            TicketFieldKind.Labels or TicketFieldKind.Tickets => new FieldValue(field.Id, string.Join(", ", Words().Matches(string.Join(' ', given)).Select(word => word.Value)), [], 1, null),
            _ => new FieldValue(field.Id, string.Join(", ", given), [], 1, null),
        };
    }

    private static FieldValue OfAllowed(TicketField field, IReadOnlyList<string> given)
    {
        List<AllowedValue> chosen = [.. given.Select(value => Find(field, value)).OfType<AllowedValue>()];
        return new FieldValue(field.Id, string.Join(", ", chosen.Select(value => value.Name)), [.. chosen.Select(value => value.Id)], 1, null);
    }

    private static AllowedValue? Find(TicketField field, string value) =>
        field.Allowed.FirstOrDefault(allowed => allowed.Id == value) ?? field.Allowed.FirstOrDefault(allowed => string.Equals(allowed.Name, value, StringComparison.OrdinalIgnoreCase));

    private static string? ProblemOf(TicketField field, IReadOnlyList<string> values) => field.Kind switch
    {
        TicketFieldKind.Date when values.Any(value => value.Length > 0 && !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) => "Please write the date as 2026-12-31.",
        TicketFieldKind.Choice or TicketFieldKind.Choices when field.Allowed.Count > 0 && values.Any(value => value.Length > 0 && Find(field, value) is null) => "Please choose one of the values that the tracker has.",
        TicketFieldKind.Tickets when Words().Matches(string.Join(' ', values)).Any(word => TicketKeys.ProjectOf(word.Value.ToUpperInvariant()) is null) => "Please name tickets by their keys, such as ABC-123.",
        _ => null,
    };

    [GeneratedRegex(@"[^\s,;]+")]
    private static partial Regex Words();
}
