using YamlDotNet.RepresentationModel;

namespace CopilotBot.Extraction.Rules;

/// <summary>A node of a YAML file that knows where it stands.</summary>
/// <param name="file">How errors call the file.</param>
internal sealed class RulesNode(YamlNode node, string file)
{
    /// <summary>Keys and their nodes; keys outside the allowed are errors.</summary>
    /// <param name="allowed">Null where any may be.</param>
    public IEnumerable<(string Key, RulesNode Node)> Map(IReadOnlyCollection<string>? allowed = null)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw Wrong($"has to be a list of 'key: value'{(allowed is null ? "" : $" with the keys {string.Join(", ", allowed)}")}");
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = new RulesNode(key, file).Text();
            if (allowed is not null && !allowed.Contains(name))
            {
                throw new RulesNode(key, file).Wrong($"has the unknown key '{name}': use {string.Join(", ", allowed)}, or remove it");
            }

            yield return (name, new RulesNode(value, file));
        }
    }

    public IReadOnlyList<RulesNode> List() => node is YamlSequenceNode sequence
        ? [.. sequence.Children.Select(child => new RulesNode(child, file))]
        : throw Wrong("has to be a list: begin each entry with '- ', or write [one, two]");

    public string Text() => node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw Wrong("has to be a word or a phrase: write one, in quotes where it holds a colon");

    /// <summary>A list of words, or one word.</summary>
    public IReadOnlyList<string> Texts() => node is YamlScalarNode ? [Text()] : [.. List().Select(entry => entry.Text())];

    public bool Flag() => Text() switch
    {
        "true" or "yes" => true,
        "false" or "no" => false,
        var other => throw Wrong($"is '{other}': write true or false"),
    };

    public TicketRulesException Wrong(string what) => new($"Line {node.Start.Line} of the ticket rules in {file} {what}.");
}
