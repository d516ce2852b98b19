namespace CopilotBot.Tests.Architecture;

/// <summary>Which feature folder may name which, and which SDK belongs to which folder: docs/architecture.md as data.</summary>
internal static class FeatureRules
{
    private const string Root = "CopilotBot";

    /// <summary>From the bottom up. A feature may use everything on lower levels and nothing else, but for <see cref="Exceptions"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Levels { get; } =
    [
        ["Knowledge", "Conversations"],
        ["Sources", "Indexing", "Inference", "Feedback", "Tickets"],
        ["Sync", "Retrieval"],
        ["Extraction"],
        ["Answering"],
        ["Evaluation"],
        ["Storage"],
        ["Commands", "Pages", "Serving", "Channels", ""],
    ];

    /// <summary>References inside a level that the design wants.</summary>
    private static readonly HashSet<(string From, string To)> Exceptions =
    [
        ("Conversations", "Knowledge"),
        ("Commands", "Serving"),
        ("Commands", ""),
        ("Commands", "Channels"),
        ("Serving", "Commands"),
        ("Serving", ""),
        ("Serving", "Channels"),
        ("Pages", "Serving"),
        ("Pages", ""),
        ("Channels", ""),
        ("", "Commands"),
        ("", "Serving"),
        ("", "Pages"),
        ("", "Channels"),
    ];

    /// <summary>Namespace of an SDK and the only folders of ours that may name it.</summary>
    public static IReadOnlyList<(string Sdk, string[] Folders)> Sdks { get; } =
    [
        ("Lucene", ["Indexing.Embedded"]),
        ("Microsoft.SemanticKernel", ["Answering"]),
        ("LiteDB", ["Storage"]),
        ("Microsoft.ML.OnnxRuntime", ["Inference"]),
        ("Microsoft.ML.Tokenizers", ["Inference"]),
        ("Google.Protobuf", ["Inference"]),
        ("OpenAI", ["Inference", "Answering"]),
        ("AngleSharp", ["Sources"]),
        ("Markdig", ["Sources"]),
        ("DocumentFormat.OpenXml", ["Sources.Attachments"]),
        ("UglyToad", ["Sources.Attachments"]),
        ("System.CommandLine", ["Commands", "Serving"]),
        ("Spectre", ["Commands"]),
        ("YamlDotNet", ["Extraction"]),
        ("Microsoft.Identity", ["Channels.Teams"]),
        ("Microsoft.IdentityModel", ["Channels.Teams"]),
        ("Microsoft.AspNetCore", ["Commands", "Serving", "Pages", "Channels", ""]),
    ];

    public static IReadOnlyList<string> Violations(IEnumerable<TypeReference> references) =>
        [.. references.Where(reference => IsIn(reference.FromNamespace, Root)).SelectMany(Check).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>First folder under the root namespace: "Knowledge" of "CopilotBot.Knowledge"; empty for the root itself.</summary>
    public static string FeatureOf(string space) => space.Split('.') is [Root, var feature, ..] ? feature : "";

    private static IEnumerable<string> Check(TypeReference reference)
    {
        if (IsIn(reference.ToNamespace, Root))
        {
            var (from, to) = (FeatureOf(reference.FromNamespace), FeatureOf(reference.ToNamespace));
            if (from != to && to != "Telemetry" && (from == "Telemetry" || LevelOf(from) <= LevelOf(to)) && !Exceptions.Contains((from, to)))
            {
                yield return $"{reference.From} names {reference.To}: {from} may not use {to}";
            }
        }

        foreach (var (sdk, folders) in Sdks.Where(rule => IsIn(reference.ToNamespace, rule.Sdk)))
        {
            if (!folders.Any(folder => folder.Length == 0 ? reference.FromNamespace == Root : IsIn(reference.FromNamespace, $"{Root}.{folder}")))
            {
                yield return $"{reference.From} names {reference.To}: {sdk} belongs to {string.Join(", ", folders)}";
            }
        }
    }

    /// <summary>A feature that stands in no level is a violation everywhere: it counts as above all others when used and below when using.</summary>
    private static int LevelOf(string feature) =>
        Levels.Index().FirstOrDefault(level => level.Item.Contains(feature), (-1, [])).Index is var index && index >= 0
            ? index
            : throw new InvalidOperationException($"The folder {feature} stands in no level: add it to FeatureRules.Levels.");

    private static bool IsIn(string space, string parent) => space == parent || space.StartsWith(parent + ".", StringComparison.Ordinal);
}
