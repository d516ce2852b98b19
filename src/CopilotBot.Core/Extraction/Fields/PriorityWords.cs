using System.Text.RegularExpressions;

namespace CopilotBot.Extraction.Fields;

public enum PriorityLevel
{
    Lowest,

    Low,

    Medium,

    High,

    Highest,
}

/// <summary>Words of priority and of impact as a level.</summary>
public static partial class PriorityWords
{
    /// <summary>In this order: "not urgent" is looked for before "urgent".</summary>
    private static readonly (Regex Pattern, PriorityLevel Level, double Confidence)[] Rules =
    [
        (Number1(), PriorityLevel.Highest, 1),
        (Number2(), PriorityLevel.High, 1),
        (Number3(), PriorityLevel.Medium, 1),
        (Number4(), PriorityLevel.Low, 1),
        (Number5(), PriorityLevel.Lowest, 1),
        (CannotWait(), PriorityLevel.High, .85),
        (Least(), PriorityLevel.Lowest, .9),
        (Relaxed(), PriorityLevel.Low, .9),
        (Most(), PriorityLevel.Highest, .95),
        (Soon(), PriorityLevel.High, .9),
        (Usual(), PriorityLevel.Medium, .95),
        (Danger(), PriorityLevel.Highest, .75),
        (Harm(), PriorityLevel.High, .7),
    ];

    /// <summary>Words that no rule knows but that stand where a priority stands are most often what the fault does to people: high, with little confidence.</summary>
    public static (PriorityLevel Level, double Confidence) Read(string phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        foreach (var (pattern, level, confidence) in Rules)
        {
            if (pattern.IsMatch(phrase))
            {
                return (level, confidence);
            }
        }

        return (PriorityLevel.High, .5);
    }

    [GeneratedRegex(@"\b(?:p|prio(?:rity)?|sev(?:erity)?)[ .:#-]*(?:[01]|one|zero)\b|^[01]$", RegexOptions.IgnoreCase)]
    private static partial Regex Number1();

    [GeneratedRegex(@"\b(?:p|prio(?:rity)?|sev(?:erity)?)[ .:#-]*(?:2|two)\b|^2$", RegexOptions.IgnoreCase)]
    private static partial Regex Number2();

    [GeneratedRegex(@"\b(?:p|prio(?:rity)?|sev(?:erity)?)[ .:#-]*(?:3|three)\b|^3$", RegexOptions.IgnoreCase)]
    private static partial Regex Number3();

    [GeneratedRegex(@"\b(?:p|prio(?:rity)?|sev(?:erity)?)[ .:#-]*(?:4|four)\b|^4$", RegexOptions.IgnoreCase)]
    private static partial Regex Number4();

    [GeneratedRegex(@"\b(?:p|prio(?:rity)?|sev(?:erity)?)[ .:#-]*(?:5|five)\b|^5$", RegexOptions.IgnoreCase)]
    private static partial Regex Number5();

    [GeneratedRegex(@"\b(?:can(?:no|'|’)?t|can not) (?:really )?wait\b", RegexOptions.IgnoreCase)]
    private static partial Regex CannotWait();

    [GeneratedRegex(@"\blowest\b|\btrivial\b|\bzero urgency\b|\bcosmetic\b", RegexOptions.IgnoreCase)]
    private static partial Regex Least();

    [GeneratedRegex(@"\b(?:not|no|n't|isn.?t|nothing|without)\b.{0,25}\b(?:urgen\w*|rush|hurry|stress|panic|emergency|drama\w*|critical|important|block\w*|priority|fire|catastrophe|end of the world|life or death|big deal|high|pressing)\b|\blow\b|\bminor\b|\bwhenever\b|\b(?:can|could|may) wait\b|\bnice.to.have\b|\brelaxed\b|\brather than urgent\b|\btake your time\b|\bwhen you (?:have|find|get)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Relaxed();

    [GeneratedRegex(@"\bhighest\b|\b(?:top|maximum|max)\b|\bcritical\b|\bemergency\b|\bblocker\b|\bshow.?stopper\b|\bdrop everything\b|\bstop everything\b|\bbefore anything else\b|\bmost urgent\b|\b(?:very|extremely|super) (?:high|urgent)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Most();

    [GeneratedRegex(@"\burgen\w*|\bhigh(?:er)?\b|\basap\b|\ba\.s\.a\.p|\bas soon as\b|\bimmediate\w*|\bright (?:away|now)\b|\bstraight away\b|\bhurry\b|\bnow\b|\bquick\w*|\bimportant\b|\bserious\b|\bmajor\b|\bat the earliest\b|\bthis minute\b|\bpressing\b|\bsoon\b", RegexOptions.IgnoreCase)]
    private static partial Regex Soon();

    [GeneratedRegex(@"\bmedium\b|\bnormal\b|\broutine\b|\bstandard\b|\bmoderate\b|\baverage\b|\bmid\b", RegexOptions.IgnoreCase)]
    private static partial Regex Usual();

    [GeneratedRegex(@"\bsafety\b|\bhurt\b|\bdanger\w*|\binjur\w*|\bbreach\b|\blife\b|\bfire\b|\bstopped\b|\bstanding\b|\bstands? still\b|\bdown\b|\boutage\b", RegexOptions.IgnoreCase)]
    private static partial Regex Danger();

    [GeneratedRegex(@"\bblock\w*|\bstuck\b|\bwaiting\b|\bqueu\w*|\blos(?:e|es|ing|t)\b|\bcan(?:no|'|’)?t\b|\bcan not\b|\bunable\b", RegexOptions.IgnoreCase)]
    private static partial Regex Harm();
}
