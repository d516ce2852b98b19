using CopilotBot.Extraction.Fields;
using CopilotBot.Extraction.Rules;
using CopilotBot.Inference;
using CopilotBot.Tickets;

namespace CopilotBot.Extraction;

/// <summary>
/// Fills a draft from a message and its thread: what the message says itself comes first, then routing rules and defaults of the admin. A field without evidence stays
/// empty. Thread-safe.
/// </summary>
public sealed class TicketExtractor(IMessageReader reader, TicketRules rules)
{
    /// <summary>What <see cref="TicketDraft.Wanted"/> says when the project is not known.</summary>
    public const string ProjectWanted = "project";

    /// <summary>What <see cref="TicketDraft.Wanted"/> says when the ticket to change is not known.</summary>
    public const string TicketWanted = "ticket";

    /// <summary>A value that the tagger is less sure of is not filled.</summary>
    private const double LeastSure = .25;

    private const double SureOfTitle = .9;

    /// <summary>Messages of the thread that are read, from the latest.</summary>
    private const int MostOfThread = 6;

    /// <summary>The most useful question first: what can be chosen with a click.</summary>
    private static readonly TicketFieldKind[] Askable =
        [TicketFieldKind.Choice, TicketFieldKind.Choices, TicketFieldKind.Person, TicketFieldKind.Date, TicketFieldKind.Text, TicketFieldKind.LongText, TicketFieldKind.Labels, TicketFieldKind.Tickets];

    /// <param name="blank">With id, requester and the time; what else it holds is replaced.</param>
    /// <param name="schema">Of the tracker; empty where none is connected: that of the rules is taken then.</param>
    /// <exception cref="ModelException">The tagger cannot be loaded.</exception>
    public async Task<TicketDraft> ExtractAsync(TicketDraft blank, string text, RoutedMessage routed, ExtractionContext context, TicketSchema schema, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blank);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(routed);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(schema);
        var own = SlotValue.Of(text, routed.Reading).Where(value => value.Confidence >= LeastSure).ToList();
        List<IReadOnlyList<SlotValue>> earlier = [];
        foreach (var message in context.Thread.Reverse().Take(MostOfThread))
        {
            earlier.Add([.. SlotValue.Of(message, await reader.ReadAsync(message, cancellationToken)).Where(value => value.Confidence >= LeastSure)]);
        }

        var values = SlotValue.Join(own, earlier);
        return routed.Intent == Intent.UpdateTicket
            ? Update(blank, text, values)
            : Create(blank, text, routed.Reading, values, context, schema.Projects.Count > 0 ? schema : rules.Schema ?? schema);
    }

    private static TicketDraft Update(TicketDraft blank, string text, IReadOnlyList<SlotValue> values)
    {
        var key = values.FirstOrDefault(value => value.Slot == Slots.TicketKey)?.Text;
        var status = values.FirstOrDefault(value => value.Slot == Slots.Status)?.Text;
        var comment = values.FirstOrDefault(value => value.Slot == Slots.Comment)?.Text;

        // Moving it to another status is all that can be done beside commenting: what else was asked for is said under the ticket.
        var says = comment is null && (status is null || values.Any(value => value.Slot is Slots.Assignee or Slots.Priority or Slots.DueDate or Slots.Label)) ? text.Trim() : comment;
        return blank with
        {
            Action = TicketAction.Update,
            TicketKey = key is null ? null : TicketKeyText.Normalize(key),
            Status = status is null ? null : StatusWords.Normalize(status),
            Comment = says,
            Wanted = key is null ? TicketWanted : null,
        };
    }

    private TicketDraft Create(TicketDraft blank, string text, TaggedText reading, IReadOnlyList<SlotValue> values, ExtractionContext context, TicketSchema schema)
    {
        var fitting = TicketTarget.Fitting(text, values, rules);
        var target = TicketTarget.Find(text, values, schema, rules, fitting);
        var draft = blank with { Action = TicketAction.Create, Project = target.Project?.Key ?? "", Type = target.Type };
        if (target.Type is not { } type)
        {
            return draft with { Fields = [TitleOf(text, reading), new FieldValue(FieldNames.Description, Describe(text, context, values, []), [], 1, null)], Wanted = ProjectWanted };
        }

        var filler = new FieldFiller(rules, context, blank.RequesterName);
        var (filled, used) = FillFromSlots(type, values, filler);
        FillFromRules(draft.Project, type, filled, fitting, filler);
        filled[FieldNames.Summary] = TitleOf(text, reading);
        filled[FieldNames.Description] = new FieldValue(FieldNames.Description, Describe(text, context, values, used), [], 1, null);
        if (type.Fields.FirstOrDefault(field => field.Id == "reporter") is { HasDefault: false } reporter)
        {
            filled.TryAdd(reporter.Id, new FieldValue(reporter.Id, blank.RequesterName, [], 1, null));
        }

        var fields = type.Fields.Where(field => filled.ContainsKey(field.Id)).Select(field => filled[field.Id]).ToList();
        return draft with { Fields = fields, Wanted = FindWanted(type, filled) };
    }

    private (Dictionary<string, FieldValue> Filled, HashSet<SlotValue> Used) FillFromSlots(TicketType type, IReadOnlyList<SlotValue> values, FieldFiller filler)
    {
        Dictionary<string, FieldValue> filled = [];
        HashSet<SlotValue> used = [];
        foreach (var slot in Slots.All)
        {
            var open = values.Where(value => value.Slot == slot).ToList();
            foreach (var field in FieldNames.For(slot, type, rules).Where(field => !filled.ContainsKey(field.Id)))
            {
                // A value goes into one field: what the first takes is not there for the next.
                if (open.Count > 0 && filler.Fill(field, open) is { } result)
                {
                    filled.Add(field.Id, result.Value);
                    used.UnionWith(result.Used);
                    open.RemoveAll(result.Used.Contains);
                }
            }
        }

        return (filled, used);
    }

    private void FillFromRules(string project, TicketType type, Dictionary<string, FieldValue> filled, IReadOnlyList<RoutingRule> fitting, FieldFiller filler)
    {
        var given = fitting.SelectMany(rule => rule.Set.Select(pair => (Field: pair.Key, pair.Value)))
            .Concat(rules.Defaults.Where(entry => entry.Project is null || TicketRules.Alike(entry.Project, project)).Select(entry => (entry.Field, entry.Value)));
        foreach (var (name, value) in given)
        {
            if (type.Fields.FirstOrDefault(field => TicketRules.IsNamed(field, name)) is { } field && !filled.ContainsKey(field.Id) && filler.Given(field, value) is { } set)
            {
                filled.Add(field.Id, set);
            }
        }
    }

    private static FieldValue TitleOf(string text, TaggedText reading)
    {
        var title = TicketSummary.Of(text, reading);
        return new FieldValue(FieldNames.Summary, title, [], SureOfTitle, title);
    }

    /// <summary>The message, the thread before it, and a line for each slot that no field took.</summary>
    private static string Describe(string text, ExtractionContext context, IReadOnlyList<SlotValue> values, HashSet<SlotValue> used)
    {
        List<string> parts = [text.Trim()];
        if (context.Thread.Count > 0)
        {
            parts.Add("Said before in the thread:\n" + string.Join('\n', context.Thread.Select(message => "> " + message.Trim().ReplaceLineEndings("\n> "))));
        }

        var lines = Slots.All.Where(slot => FieldNames.TitleOf(slot) is not null).Select(slot => (slot, Texts: values.Where(value => value.Slot == slot && !used.Contains(value)).Select(value => value.Text).ToList()))
            .Where(pair => pair.Texts.Count > 0).Select(pair => $"{FieldNames.TitleOf(pair.slot)}: {string.Join(", ", pair.Texts)}").ToList();
        if (lines.Count > 0)
        {
            parts.Add(string.Join('\n', lines));
        }

        return string.Join("\n\n", parts);
    }

    private static string? FindWanted(TicketType type, Dictionary<string, FieldValue> filled) => type.Fields
        .Where(field => field is { IsRequired: true, HasDefault: false } && Array.IndexOf(Askable, field.Kind) >= 0 && !filled.ContainsKey(field.Id))
        .OrderBy(field => Array.IndexOf(Askable, field.Kind)).FirstOrDefault()?.Id;
}
