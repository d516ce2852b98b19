using CopilotBot.Tickets;

namespace CopilotBot.Extraction.Rules;

/// <summary>What an admin lays down about tickets. Fields are named by id or by name, values by name.</summary>
/// <param name="Synonyms">Of a field, of a value: words that mean it.</param>
/// <param name="SlotFields">Which field takes which slot, where their names do not say so.</param>
/// <param name="Defaults">What is filled without evidence.</param>
/// <param name="Routing">The first that fits decides; later ones fill what it leaves open.</param>
/// <param name="Schema">For when no tracker is connected; null for none.</param>
public sealed record TicketRules(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Synonyms,
    IReadOnlyDictionary<string, string> SlotFields,
    IReadOnlyList<TicketDefault> Defaults,
    IReadOnlyList<RoutingRule> Routing,
    TicketSchema? Schema)
{
    public static TicketRules None { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>(), new Dictionary<string, string>(), [], [], null);

    /// <summary>Those that the settings name, or none.</summary>
    /// <exception cref="TicketRulesException">The file cannot be used; the message names the line and the remedy.</exception>
    public static TicketRules Of(ExtractionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.RulesFile.Length == 0 ? None : Load(Path.GetFullPath(options.RulesFile, AppContext.BaseDirectory));
    }

    /// <param name="path">A YAML file; docs/extraction.md shows one.</param>
    /// <exception cref="TicketRulesException">The file cannot be used; the message names the line and the remedy.</exception>
    public static TicketRules Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return TicketRulesReader.Read(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TicketRulesException($"The ticket rules '{path}' cannot be read: name a YAML file that the bot may read, or empty the setting.", exception);
        }
    }

    /// <param name="text">The content of such a file.</param>
    /// <exception cref="TicketRulesException">The text cannot be used; the message names the line and the remedy.</exception>
    public static TicketRules Parse(string text) => TicketRulesReader.Read(text, "the text");

    internal IEnumerable<string> SynonymsOf(TicketField field, AllowedValue value) =>
        Synonyms.Where(pair => IsNamed(field, pair.Key)).SelectMany(pair => pair.Value).Where(pair => Alike(pair.Key, value.Name)).SelectMany(pair => pair.Value);

    internal static bool IsNamed(TicketField field, string name) => Alike(field.Id, name) || Alike(field.Name, name);

    internal static bool Alike(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <param name="Project">Key of the project that it is for; null for all.</param>
/// <param name="Field">A field, "project" or "type".</param>
public sealed record TicketDefault(string? Project, string Field, string Value);

/// <summary>What a message that holds any of the words is about.</summary>
/// <param name="When">Words or phrases of the message, whatever the case.</param>
/// <param name="Set">Values by field, "project" and "type" among them.</param>
public sealed record RoutingRule(IReadOnlyList<string> When, IReadOnlyDictionary<string, string> Set);

/// <summary>The rules cannot be used; the message names the line and the remedy.</summary>
public sealed class TicketRulesException(string message, Exception? inner = null) : Exception(message, inner);
