namespace CopilotBot.Extraction.Fields;

/// <summary>Words for kinds of tickets: the trackers' own names and what people call them.</summary>
public static class TypeWords
{
    /// <summary>The name first.</summary>
    private static readonly string[][] Kinds =
    [
        ["bug", "defect", "regression", "fault", "error report"],
        ["incident", "outage", "disruption", "major incident", "security incident", "safety incident", "safety ticket"],
        ["request", "service request", "access request", "hardware request", "hw request", "purchase request", "software request", "service call"],
        ["change", "change request", "rfc", "normal change", "standard change", "emergency change"],
        ["problem"],
        ["task", "todo", "to-do", "work order", "job", "chore"],
        ["improvement", "enhancement", "feature request", "feature", "new feature", "suggestion"],
        ["story", "user story"],
        ["sub-task", "subtask", "sub task"],
        ["epic"],
        ["spike"],
    ];

    private static readonly Dictionary<string, string> NameOf = Kinds.SelectMany(kind => kind.Select(word => (word, kind[0]))).ToDictionary(pair => pair.word, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>Its common name; the phrase itself, folded and in the singular, when it is none of the known.</summary>
    public static string Normalize(string phrase)
    {
        var word = Singular(phrase);
        return NameOf.GetValueOrDefault(word, word);
    }

    /// <summary>Other words for the kind, itself among them; the phrase alone when it is none of the known.</summary>
    public static IReadOnlyList<string> AlikeTo(string phrase)
    {
        var word = Singular(phrase);
        return NameOf.GetValueOrDefault(word) is { } name ? [word, .. Kinds.Single(kind => kind[0] == name)] : [word];
    }

    private static string Singular(string phrase)
    {
        var word = FoldedText.Of(phrase);
        foreach (var tail in new[] { " tickets", " ticket", " records", " record", " reports", " report" })
        {
            word = word.EndsWith(tail, StringComparison.Ordinal) && word.Length > tail.Length ? word[..^tail.Length] : word;
        }

        return word switch
        {
            [.., 'i', 'e', 's'] => word[..^3] + "y",
            [.., 's', 's'] => word,
            [.., 's'] => word[..^1],
            _ => word,
        };
    }
}
