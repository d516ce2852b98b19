using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Tests.Support;
using Json.Schema;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>Atlassian's OpenAPI documents of Confluence Cloud beside the checkout: what the answer to a path looks like.</summary>
internal sealed class ConfluenceOpenApi
{
    private readonly JsonObject _document;

    /// <param name="version">"v1" or "v2".</param>
    public ConfluenceOpenApi(string version)
    {
        var path = Path.Combine(RepositoryPaths.Shared, "specs", $"confluence-cloud-api-{version}.json");
        Assert.SkipUnless(File.Exists(path), "../shared is not here.");
        _document = JsonNode.Parse(File.ReadAllText(path))!.AsObject(); // a document is an object
    }

    /// <param name="path">As the document spells it.</param>
    public IReadOnlyList<string> Faults(string path, string method, JsonNode answer)
    {
        var root = _document["paths"]![path]![method]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!.DeepClone().AsObject(); // a path of the document
        var shapes = _document["components"]!["schemas"]!.DeepClone().AsObject(); // an OpenAPI document has them
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        root["$defs"] = shapes;
        var isWhole = !root.ContainsKey("allOf"); // an alternative does not know the members of the others
        foreach (var node in Descend(root).ToList())
        {
            Translate(node, isWhole);
        }

        var results = JsonSchema.FromText(root.ToJsonString()).Evaluate(JsonSerializer.SerializeToElement(answer), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key} {error.Value}")).DefaultIfEmpty("not valid")];
    }

    /// <summary>OpenAPI's own words become JSON schema's; members that the document does not name are faults.</summary>
    private static void Translate(JsonObject node, bool isWhole)
    {
        if (node.Parent is JsonObject && node.GetPropertyName() is "properties" or "$defs" or "example")
        {
            return;
        }

        foreach (var own in (string[])["xml", "example", "readOnly", "writeOnly", "format", "discriminator"])
        {
            node.Remove(own);
        }

        if (node["$ref"]?.GetValue<string>() is { } reference)
        {
            node["$ref"] = reference.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        }

        // What may be null is said in words more often than in the schema.
        var mayBeNull = node["nullable"]?.GetValue<bool>() == true || node["description"]?.ToString().Contains("null", StringComparison.Ordinal) == true;
        node.Remove("nullable");
        if (mayBeNull && node["type"]?.ToString() is { } type)
        {
            node["type"] = new JsonArray(type, "null");
        }

        if (isWhole && node["properties"] is JsonObject && !node.ContainsKey("additionalProperties") && node.Parent is not JsonArray)
        {
            node["additionalProperties"] = false;
        }
    }

    private static IEnumerable<JsonObject> Descend(JsonNode? node) => node switch
    {
        JsonObject one => one.Select(member => member.Value).SelectMany(Descend).Prepend(one),
        JsonArray many => many.SelectMany(Descend),
        _ => [],
    };
}
