using System.Text.RegularExpressions;

namespace CopilotBot.Answering;

/// <summary>What kind of answer the wording of a question asks for; several may hold.</summary>
/// <param name="WantsNumber">"How many", "when", "how long", "max", ...</param>
/// <param name="WantsContact">An address, number, channel or person to turn to.</param>
/// <param name="IsYesNo">Begins with, or holds, a verb that asks for yes or no.</param>
/// <param name="WantsList">"Which ones", "what are", "list of".</param>
public sealed partial record QuestionForm(bool WantsNumber, bool WantsContact, bool IsYesNo, bool WantsList, bool WantsSteps)
{
    public bool WantsDuration { get; private init; }

    public bool WantsDate { get; private init; }

    public bool WantsAmount { get; private init; }

    public bool WantsPerson { get; private init; }

    public bool WantsPlace { get; private init; }

    public bool WantsReason { get; private init; }

    /// <summary>Yes or no and nothing else.</summary>
    public bool WantsDecision => IsYesNo && !WantsNumber && !WantsPerson && !WantsPlace;

    /// <summary>A name, value or thing rather than a decision, a way or a reason.</summary>
    public bool WantsFact => !WantsDecision && !WantsSteps && !WantsReason;

    public static QuestionForm Of(string question) => new(
        NumberPattern().IsMatch(question), ContactPattern().IsMatch(question), YesNoPattern().IsMatch(question), ListPattern().IsMatch(question), StepsPattern().IsMatch(question))
    {
        WantsDuration = DurationPattern().IsMatch(question),
        WantsDate = DatePattern().IsMatch(question),
        WantsAmount = AmountPattern().IsMatch(question),
        WantsPerson = PersonPattern().IsMatch(question),
        WantsPlace = PlacePattern().IsMatch(question),
        WantsReason = ReasonPattern().IsMatch(question),
    };

    [GeneratedRegex(@"\bhow (?:many|much|long|often|old|far|soon|early|late|big|large|fast)\b|\bwhen\b|\bwhat (?:time|date|day|year|percentage|percent|number|version|limit)\b|\b(?:max|maximum|min|minimum|deadline|limit|cost|price|rate)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\bwho\b|\bwhom\b|\be-?mail\b|\bphone\b|\bcall\b|\bcontact\b|\bchannel\b|\breach\b|\bnumber to\b|\baddress\b|\burl\b|\bwhere\b|\blink\b", RegexOptions.IgnoreCase)]
    private static partial Regex ContactPattern();

    [GeneratedRegex(@"(?:^|[.,;!?]\s*|\b(?:so|and|but|ok|hey|hi) )(?:do|does|did|is|are|am|was|were|can|could|may|might|must|should|shall|will|would|has|have|allowed|ok|okay|need)\b(?! i (?:find|get|reset|reach|contact))", RegexOptions.IgnoreCase)]
    private static partial Regex YesNoPattern();

    [GeneratedRegex(@"\bwhich\b.{0,30}s\b|\bwhat (?:are|kinds?|types?)\b|\blist\b|\bnames? of\b|\bwhat .{0,20}s\b", RegexOptions.IgnoreCase)]
    private static partial Regex ListPattern();

    [GeneratedRegex(@"\bhow (?:do|does|can|to|should|would)\b|\bsteps?\b|\bwhat (?:do|should) i\b|\bhow\?*$", RegexOptions.IgnoreCase)]
    private static partial Regex StepsPattern();

    [GeneratedRegex(@"\bhow (?:long|soon|often|far|old|quick\w*)\b|\bhow (?:many|much) (?:\w+ )?(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|time|notice)\b|\b(?:days|weeks|months|hours|turnaround)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"\bwhen\b|\bwhat (?:time|date|day|year|month)\b|\bdeadline\b|\bdue\b|\bwhich (?:day|month|year)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\bhow much\b|\bcosts?\b|\bprice\b|\bdollars?\b|\beuros?\b|\bpa(?:y|id)\b|[$€£]|\blimit\b|\bmax\w*\b|\brate\b|\bpercent\w*\b|\bfee\b|\bbudget\b|\ballowance\b", RegexOptions.IgnoreCase)]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"\bwho(?:m|se|'s)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex PersonPattern();

    [GeneratedRegex(@"\bwhere\b|\b(?:what|which) (?:site|website|page|channel|inbox|tool|app|system)\b|\burl\b|\blink\b", RegexOptions.IgnoreCase)]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"\bwhy\b|\bwhat(?:'s| is) the (?:reason|point|purpose)\b|\bhow come\b", RegexOptions.IgnoreCase)]
    private static partial Regex ReasonPattern();
}
