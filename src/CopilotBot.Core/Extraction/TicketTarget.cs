using System.Text.RegularExpressions;
using CopilotBot.Extraction.Fields;
using CopilotBot.Extraction.Rules;
using CopilotBot.Tickets;

namespace CopilotBot.Extraction;

/// <summary>Where a new ticket goes and of what type it is.</summary>
/// <param name="Project">Null when nothing says which.</param>
internal sealed partial record TicketTarget(TicketProject? Project, TicketType? Type)
{
    private const string ProjectField = "project";

    private const string TypeField = "type";

    /// <summary>The message's own words, then routing rules, then defaults, then the only one there is.</summary>
    public static TicketTarget Find(string text, IReadOnlyList<SlotValue> values, TicketSchema schema, TicketRules rules, IReadOnlyList<RoutingRule> fitting)
    {
        var project = FindProject(values, schema, rules, fitting);
        return new TicketTarget(project, project is null ? null : FindType(text, values, project, rules, fitting));
    }

    /// <summary>Rules of which any word stands in the message or in a slot.</summary>
    public static IReadOnlyList<RoutingRule> Fitting(string text, IReadOnlyList<SlotValue> values, TicketRules rules)
    {
        var folded = $" {FoldedText.Of(string.Join(' ', values.Where(value => value.Slot != Slots.Comment).Select(value => value.Text).Prepend(text)))} ";
        return [.. rules.Routing.Where(rule => rule.When.Any(word => folded.Contains($" {FoldedText.Of(word)} ", StringComparison.Ordinal)))];
    }

    private static TicketProject? FindProject(IReadOnlyList<SlotValue> values, TicketSchema schema, TicketRules rules, IReadOnlyList<RoutingRule> fitting)
    {
        foreach (var words in values.Where(value => value.Slot == Slots.Project).Select(value => value.Text))
        {
            var names = schema.Projects.SelectMany(project => new[] { new AllowedValue(project.Key, project.Key), new AllowedValue(project.Key, project.Name) }).DistinctBy(value => value.Name).ToList();
            if (ValueMatcher.Find(QueueWord().Replace(words, ""), names, value => SynonymsOf(rules, ProjectField, [value.Id, value.Name])) is { } match)
            {
                return schema.Projects.First(project => project.Key == match.Value.Id);
            }
        }

        var key = Set(fitting, ProjectField) ?? rules.Defaults.FirstOrDefault(given => given.Project is null && TicketRules.Alike(given.Field, ProjectField))?.Value;
        return schema.Projects.FirstOrDefault(project => key is not null && TicketRules.Alike(project.Key, key)) ?? (schema.Projects is [var only] ? only : null);
    }

    private static TicketType? FindType(string text, IReadOnlyList<SlotValue> values, TicketProject project, TicketRules rules, IReadOnlyList<RoutingRule> fitting)
    {
        var types = project.Types.Where(IsUsable).ToList();
        AllowedValue[] names = [.. types.Select(type => new AllowedValue(type.Id, type.Name))];
        foreach (var words in values.Where(value => value.Slot == Slots.IssueType).Select(value => value.Text))
        {
            var alike = TypeWords.Normalize(words);
            if (ValueMatcher.Find(words, names, value => SynonymsOf(rules, TypeField, [value.Name]).Concat(TypeWords.Normalize(value.Name) == alike ? [words] : [])) is { } match)
            {
                return types.First(type => type.Id == match.Value.Id);
            }
        }

        var given = Set(fitting, TypeField)
            ?? rules.Defaults.FirstOrDefault(entry => TicketRules.Alike(entry.Field, TypeField) && (entry.Project is null || TicketRules.Alike(entry.Project, project.Key)))?.Value;
        return types.Find(type => given is not null && TicketRules.Alike(type.Name, given)) ?? ByWords(text, types) ?? types.FirstOrDefault();
    }

    /// <summary>What is broken is an incident or a bug, what is wanted is a request or a task.</summary>
    private static TicketType? ByWords(string text, List<TicketType> types)
    {
        string[] kinds = Fault().IsMatch(text) ? ["incident", "bug", "problem"] : Wish().IsMatch(text) ? ["request", "task", "improvement", "story"] : [];
        return kinds.Select(kind => types.Find(type => TypeWords.Normalize(type.Name) == kind)).FirstOrDefault(type => type is not null);
    }

    private static bool IsUsable(TicketType type) => type.Fields.All(field => field.Kind != TicketFieldKind.Unsupported || !field.IsRequired || field.HasDefault);

    private static string? Set(IReadOnlyList<RoutingRule> fitting, string field) => fitting.Select(rule => rule.Set.GetValueOrDefault(field)).FirstOrDefault(value => value is not null);

    private static IEnumerable<string> SynonymsOf(TicketRules rules, string field, string[] names) => rules.Synonyms.Where(pair => TicketRules.Alike(pair.Key, field)).SelectMany(pair => pair.Value)
        .Where(pair => Array.Exists(names, name => TicketRules.Alike(name, pair.Key))).SelectMany(pair => pair.Value);

    [GeneratedRegex(@"\s+(?:queue|board|project|space|desk)$", RegexOptions.IgnoreCase)]
    private static partial Regex QueueWord();

    [GeneratedRegex(@"\b(?:not|n't|n’t|never|cannot|cant|wont|doesnt|isnt) (?:work|start|open|load|print|connect|respond|log|send|sync|reach|boot|turn)\w*|\b(?:error|fail\w*|broken|broke|crash\w*|down|stuck|freez\w*|frozen|hang\w*|slow|drops?|dropping|timeouts?|times out|wrong|missing|lost|leak\w*|dead|empty|rejects?|refus\w+|outage|unreachable|corrupt\w*|can'?t|can’t|won'?t|won’t|cannot|doesn'?t|doesn’t|alarm)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Fault();

    [GeneratedRegex(@"\b(?:need\w*|request\w*|access|order|new|install\w*|add|grant|provide|set ?up|would like|i'd like|could (?:i|we) (?:get|have)|want\w*|create|enable|extend|permission\w*|move)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wish();
}
