using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace CopilotBot.Tests.Support;

/// <summary>Atlassian's OpenAPI document of Jira Cloud beside the checkout, its shapes as JSON schemas.</summary>
internal sealed class JiraOpenApi
{
    private const string ReferencePrefix = "#/components/schemas/";

    private readonly JsonObject _schemas = JsonNode.Parse(File.ReadAllText(PathOfDocument))!["components"]!["schemas"]!.AsObject(); // an OpenAPI document has them

    private static string PathOfDocument => Path.Combine(RepositoryPaths.Shared, "specs", "jira-cloud-api.json");

    public static void SkipUnlessHere() => Assert.SkipUnless(File.Exists(PathOfDocument), "../shared is not here.");

    /// <param name="shape">Name of a schema, such as "CreatedIssue".</param>
    public IReadOnlyList<string> Faults(string shape, JsonNode document)
    {
        var wanted = new Dictionary<string, JsonNode>();
        Collect(shape, wanted);
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$ref"] = $"#/$defs/{shape}",
            ["$defs"] = new JsonObject([.. wanted.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))]),
        };
        var results = JsonSchema.FromText(root.ToJsonString()).Evaluate(JsonSerializer.SerializeToElement(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key} {error.Value}")).DefaultIfEmpty("not valid")];
    }

    /// <summary>The shape and all that it refers to, with references among themselves.</summary>
    private void Collect(string shape, Dictionary<string, JsonNode> wanted)
    {
        if (wanted.ContainsKey(shape))
        {
            return;
        }

        var schema = wanted[shape] = _schemas[shape]!.DeepClone(); // the document refers to what it has
        foreach (var node in Descend(schema).ToList())
        {
            // OpenAPI's own words are none of JSON schema's.
            foreach (var own in (string[])["xml", "example", "readOnly", "writeOnly", "format"])
            {
                if (!IsProperty(node))
                {
                    node.Remove(own);
                }
            }

            if (node["$ref"] is JsonValue reference && reference.GetValue<string>() is var target && target.StartsWith(ReferencePrefix, StringComparison.Ordinal))
            {
                Collect(target[ReferencePrefix.Length..], wanted);
                node["$ref"] = $"#/$defs/{target[ReferencePrefix.Length..]}";
            }
        }
    }

    /// <summary>The members of "properties" are names and no words.</summary>
    private static bool IsProperty(JsonObject node) => node.Parent is JsonObject && node.GetPropertyName() == "properties";

    private static IEnumerable<JsonObject> Descend(JsonNode? node) => node switch
    {
        JsonObject one => one.Select(member => member.Value).SelectMany(Descend).Prepend(one),
        JsonArray many => many.SelectMany(Descend),
        _ => [],
    };
}
