using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace CopilotBot.Tests.Support;

/// <summary>A vendor's JSON schema beside the checkout, relabelled in memory: as published they name one draft and use another.</summary>
internal sealed class OfficialSchema(string file, string draft)
{
    private readonly Lazy<JsonSchema> _schema = new(() => Load(file, draft));

    /// <summary>Adaptive Cards 1.5: a draft-06 schema with the id of draft-04.</summary>
    public static OfficialSchema Card { get; } = new("adaptive-card-1.5.0.schema.json", "http://json-schema.org/draft-06/schema#");

    /// <summary>Teams manifest 1.29: says draft-04 and uses const.</summary>
    public static OfficialSchema TeamsManifest { get; } = new("teams-manifest-1.29.schema.json", "http://json-schema.org/draft-07/schema#");

    /// <summary>Slack manifest 2.0.0: draft-07, as it says.</summary>
    public static OfficialSchema SlackManifest { get; } = new("slack-manifest-2.0.0.schema.json", "http://json-schema.org/draft-07/schema#");

    /// <summary>Documents of Jira Cloud (ADF): says draft-04, and uses no more.</summary>
    public static OfficialSchema Document { get; } = new("adf-schema-v1-full.json", "http://json-schema.org/draft-06/schema#");

    public bool IsHere => File.Exists(PathOf(file));

    public void SkipUnlessHere() => Assert.SkipUnless(IsHere, "../shared is not here.");

    public IReadOnlyList<string> Faults(JsonNode document)
    {
        var results = _schema.Value.Evaluate(JsonSerializer.SerializeToElement(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? []
            : [.. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key} {error.Value}")).DefaultIfEmpty("not valid")];
    }

    private static JsonSchema Load(string file, string draft)
    {
        var schema = JsonNode.Parse(File.ReadAllText(PathOf(file)))!.AsObject();
        schema.Remove("id");
        schema.Remove("$schema");
        schema.Insert(0, "$schema", draft); // the reader must come across it first
        return JsonSchema.FromText(schema.ToJsonString());
    }

    private static string PathOf(string file) => Path.Combine(RepositoryPaths.Shared, "specs", file);
}
