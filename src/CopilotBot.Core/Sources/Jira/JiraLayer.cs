using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira;

/// <summary>
/// Id of a layer, from which its content can be told anew: "{source}:project:{project}", "{source}:level:{project}:{level}",
/// "{source}:restriction:{project}:{role}:{role}", "{source}:comment:{project}:role:{role}", ":group:{group}" or ":internal". Where permissions are given to people of the issue itself, their kind and id follow, as
/// in "+reporter:{account}": a kind that gives nothing any more lets nobody in at once. Ids are escaped.
/// </summary>
/// <param name="Kind">"project", "level", "restriction" or "comment".</param>
/// <param name="Rest">What follows the project; the level, the roles, or kind and id of a comment's visibility.</param>
/// <param name="Dynamic">Holder kind ("reporter", "assignee", or the id of a custom field after its kind) and id, sorted.</param>
internal sealed record JiraLayer(string Kind, string Project, IReadOnlyList<string> Rest, IReadOnlyList<(string Holder, string Id)> Dynamic)
{
    public LayerId ToId(SourceName source) =>
        new($"{source}:{string.Join(':', [Kind, .. Rest.Prepend(Project).Select(Uri.EscapeDataString)])}{string.Concat(Dynamic.Select(one => $"+{one.Holder}:{Uri.EscapeDataString(one.Id)}"))}");

    /// <summary>Null when the id is none of this source's layers.</summary>
    public static JiraLayer? Parse(SourceName source, LayerId id)
    {
        var (fixedPart, dynamic) = (id.Value.Split('+')[0].Split(':'), id.Value.Split('+').Skip(1).Select(one => one.Split(':')).ToList());
        return fixedPart.Length >= 3 && fixedPart[0] == source.Value && dynamic.TrueForAll(one => one.Length == 2)
            ? new JiraLayer(fixedPart[1], Uri.UnescapeDataString(fixedPart[2]), [.. fixedPart.Skip(3).Select(Uri.UnescapeDataString)], [.. dynamic.Select(one => (one[0], Uri.UnescapeDataString(one[1])))])
            : null;
    }
}
