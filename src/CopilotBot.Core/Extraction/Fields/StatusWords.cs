namespace CopilotBot.Extraction.Fields;

/// <summary>Orders as the status that they ask for.</summary>
public static class StatusWords
{
    private static readonly Dictionary<string, string> OfOrders = new(StringComparer.Ordinal)
    {
        ["close"] = "Closed",
        ["closing"] = "Closed",
        ["shut"] = "Closed",
        ["resolve"] = "Resolved",
        ["solve"] = "Resolved",
        ["solved"] = "Resolved",
        ["fixed"] = "Resolved",
        ["reopen"] = "Reopened",
        ["re-open"] = "Reopened",
        ["reopening"] = "Reopened",
        ["cancel"] = "Cancelled",
        ["cancelled"] = "Cancelled",
        ["canceled"] = "Cancelled",
        ["withdraw"] = "Cancelled",
        ["reject"] = "Rejected",
        ["approve"] = "Approved",
        ["start"] = "In progress",
        ["pause"] = "On hold",
        ["hold"] = "On hold",
        ["block"] = "Blocked",
        ["wip"] = "In progress",
        ["finish"] = "Done",
        ["finished"] = "Done",
        ["complete"] = "Done",
        ["completed"] = "Done",
    };

    /// <summary>"close" is Closed; a status that is no order keeps its words.</summary>
    public static string Normalize(string words)
    {
        var folded = FoldedText.Of(words);
        return OfOrders.GetValueOrDefault(folded) ?? (folded.Length == 0 ? words : char.ToUpperInvariant(folded[0]) + folded[1..]);
    }
}
