using CopilotBot.Tickets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CopilotBot.Extraction.Rules;

/// <summary>YAML to rules.</summary>
internal static class TicketRulesReader
{
    public static TicketRules Read(string text, string file)
    {
        YamlStream yaml = [];
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new TicketRulesException($"Line {exception.Start.Line} of the ticket rules in {file} is not YAML: check indentation, colons and quotes there.", exception);
        }

        var rules = TicketRules.None;
        if (yaml.Documents is not [var document, ..] || document.RootNode is YamlScalarNode { Value: "" or null })
        {
            return rules;
        }

        foreach (var (key, node) in new RulesNode(document.RootNode, file).Map(["synonyms", "slots", "defaults", "routing", "schema"]))
        {
            rules = key switch
            {
                "synonyms" => rules with { Synonyms = ReadSynonyms(node) },
                "slots" => rules with { SlotFields = node.Map(Slots.All).ToDictionary(pair => pair.Key, pair => pair.Node.Text()) },
                "defaults" => rules with { Defaults = [.. node.List().SelectMany(ReadDefaults)] },
                "routing" => rules with { Routing = [.. node.List().Select(ReadRoute)] },
                _ => rules with { Schema = new TicketSchema([.. node.List().Select(ReadProject)]) },
            };
        }

        return rules;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadSynonyms(RulesNode node) => node.Map().ToDictionary(
        field => field.Key, field => (IReadOnlyDictionary<string, IReadOnlyList<string>>)field.Node.Map().ToDictionary(value => value.Key, value => value.Node.Texts()));

    private static IEnumerable<TicketDefault> ReadDefaults(RulesNode node)
    {
        string? project = null;
        List<(string Field, string Value)> set = [];
        foreach (var (key, value) in node.Map(["for", "set"]))
        {
            if (key == "for")
            {
                project = value.Text();
            }
            else
            {
                set.AddRange(value.Map().Select(pair => (pair.Key, pair.Node.Text())));
            }
        }

        return set.Count > 0 ? set.Select(pair => new TicketDefault(project, pair.Field, pair.Value)) : throw node.Wrong("has nothing to set: add 'set:' with fields and their values");
    }

    private static RoutingRule ReadRoute(RulesNode node)
    {
        var keys = node.Map(["when", "set"]).ToDictionary(pair => pair.Key, pair => pair.Node);
        return keys.TryGetValue("when", out var when) && keys.TryGetValue("set", out var set)
            ? new RoutingRule(when.Texts(), set.Map().ToDictionary(pair => pair.Key, pair => pair.Node.Text(), StringComparer.OrdinalIgnoreCase))
            : throw node.Wrong("needs both 'when:' with words and 'set:' with fields and their values");
    }

    private static TicketProject ReadProject(RulesNode node)
    {
        var keys = node.Map(["key", "name", "types"]).ToDictionary(pair => pair.Key, pair => pair.Node);
        var key = Required(node, keys, "key").Text();
        return new TicketProject(key, keys.TryGetValue("name", out var name) ? name.Text() : key, [.. Required(node, keys, "types").List().Select(ReadType)]);
    }

    private static TicketType ReadType(RulesNode node)
    {
        var keys = node.Map(["id", "name", "fields"]).ToDictionary(pair => pair.Key, pair => pair.Node);
        var name = Required(node, keys, "name").Text();
        return new TicketType(keys.TryGetValue("id", out var id) ? id.Text() : name, name, [.. Required(node, keys, "fields").List().Select(ReadField)]);
    }

    private static TicketField ReadField(RulesNode node)
    {
        var keys = node.Map(["id", "name", "kind", "required", "hasDefault", "allowed"]).ToDictionary(pair => pair.Key, pair => pair.Node);
        var id = Required(node, keys, "id").Text();
        var kind = TicketFieldKind.Text;
        if (keys.TryGetValue("kind", out var written) && !Enum.TryParse(written.Text(), out kind))
        {
            throw written.Wrong($"has the unknown kind '{written.Text()}': use {string.Join(", ", Enum.GetNames<TicketFieldKind>())}");
        }

        IReadOnlyList<AllowedValue> allowed = keys.TryGetValue("allowed", out var values) ? [.. values.Texts().Select(value => new AllowedValue(value, value))] : [];
        if (kind is TicketFieldKind.Choice or TicketFieldKind.Choices && allowed.Count == 0)
        {
            throw node.Wrong($"has a field '{id}' to choose from, but nothing to choose: add 'allowed:' with its values");
        }

        return new TicketField(id, keys.TryGetValue("name", out var name) ? name.Text() : id, kind, keys.TryGetValue("required", out var required) && required.Flag(), allowed)
        {
            HasDefault = keys.TryGetValue("hasDefault", out var hasDefault) && hasDefault.Flag(),
        };
    }

    private static RulesNode Required(RulesNode node, Dictionary<string, RulesNode> keys, string key) => keys.GetValueOrDefault(key) ?? throw node.Wrong($"has no '{key}:': add it");
}
