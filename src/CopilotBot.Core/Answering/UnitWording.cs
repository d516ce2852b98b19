using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>What the wording of a sentence, item or row shows, whatever was asked.</summary>
internal static partial class UnitWording
{
    private const int ShortestSentence = 4;

    public static bool HasNumber(string text) => Number().IsMatch(text);

    public static bool HasDuration(string text) => Duration().IsMatch(text);

    public static bool HasDate(string text) => Date().IsMatch(text);

    public static bool HasAmount(string text) => Amount().IsMatch(text);

    public static bool HasPerson(string text) => Person().IsMatch(text);

    public static bool HasPlace(string text) => Place().IsMatch(text);

    public static bool HasContact(string text) => Contact().IsMatch(text);

    /// <summary>Allows, demands or forbids.</summary>
    public static bool Decides(string text) => Modal().IsMatch(text);

    public static bool Negates(string text) => Negation().IsMatch(text);

    public static bool IsStep(string text) => Step().IsMatch(text);

    public static bool GivesReason(string text) => Reason().IsMatch(text);

    /// <summary>What made something work again, or what was the matter.</summary>
    public static bool IsRemedy(string text) => Remedy().IsMatch(text);

    public static bool HasCondition(string text) => Condition().IsMatch(text);

    /// <summary>Begins with a word that points back to a sentence before it.</summary>
    public static bool PointsBack(string text) => PointingBack().IsMatch(text);

    /// <summary>Restricts the sentence before it: an exception or condition that a rule is wrong without.</summary>
    public static bool RestrictsBefore(string text) => Restricting().IsMatch(text);

    /// <summary>Ends like a sentence.</summary>
    public static bool IsFinished(string text) => Finished().IsMatch(text);

    /// <summary>An image, an address or a tag on its own, or the end of a heading or sentence: nothing that a person could be told.</summary>
    public static bool IsScrap(UnitKind kind, string text) =>
        Scrap().IsMatch(text) || !text.Any(char.IsLetterOrDigit)
        || (kind == UnitKind.Sentence && UnitFeatures.Words(text).Take(ShortestSentence).Count() < ShortestSentence && !text.Any(letter => char.IsDigit(letter) || letter is '@' or '#'));

    /// <summary>Numbers in the text that do not stand in the question.</summary>
    public static bool HasNumberBeside(string text, string question) => Digits().Matches(text).Any(number => !question.Contains(number.Value, StringComparison.Ordinal));

    [GeneratedRegex(@"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|daily|weekly|monthly|annually|yearly|half|quarter|quarterly|no limit)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\d\s*-?(?:hour|hr|day|week|month|year|minute|min)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple of|few) (?:\w+ )?(?:hour|day|week|month|year|minute)|\d (?:working |business |calendar )day|\b(?:daily|weekly|monthly|annually|quarterly|yearly|biweekly)\b|\b(?:every|each) (?:\w+ )?(?:day|week|month|year|friday|monday)", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\b\d{4}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m|p\.m)|\b(?:noon|midnight|eastern|pacific|quarter|fiscal year|end of)\b|\d+ (?:business |working )?(?:days?|weeks?|months?|hours?)", RegexOptions.IgnoreCase)]
    private static partial Regex Date();

    [GeneratedRegex(@"[$€£]\s?\d|\d\s?(?:%|percent|dollars?|euros?|cents?)", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\S@\S|\b[A-Z][a-z]+ [A-Z][a-z]+\b|\b(?:[Tt]eam|[Mm]anager|[Ss]upervisor|[Dd]irector|[Oo]fficer|[Ll]ead|[Oo]ffice|[Cc]ommissioner|[Ss]taff|[Ee]mployees?|[Oo]wner|[Aa]dministrator|[Ss]pecialist|[Hh]older|[Cc]oordinator|[Rr]epresentative|[Oo]fficial)s?\b")]
    private static partial Regex Person();

    [GeneratedRegex(@"https?://|\S@\S|#\w|\b(?:in|on|at|from|via|through|using|under|visit|to) (?:the |your |our |a |this )?[A-Z#]|\b(?:page|form|site|website|portal|folder|channel|room|floor|building|dashboard|spreadsheet|guide|calendar|drive|intranet|library|tab|menu)\b|\b[\w-]+\.(?:gov|com|org|net|io|example)\b")]
    private static partial Regex Place();

    [GeneratedRegex(@"\S@\S|#\w|\bslack\b|\bchannel\b|\bcontact\b|\bemail\b|\bask\b|\breach out\b|\(?\d{3}\)?[ -]\d{3}|https?://|\b[\w-]+\.(?:gov|com|org|net|io|example)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Contact();

    [GeneratedRegex(@"\b(?:can|cannot|can't|may|must|should|shouldn't|not|never|no|only|allowed|required|need|needs|prohibited|permitted|eligible|always|optional|do not|don't|isn't|aren't|won't|unless|except|encouraged|obligated)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Modal();

    [GeneratedRegex(@"\b(?:cannot|can't|not|never|no|only|prohibited|unless|except|without)\b|n['’]t\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    [GeneratedRegex(@"^(?:\d+[.)]\s*)?(?:go to|open|click|select|use|visit|submit|complete|fill|send|request|contact|ask|log|sign|run|create|add|check|email|follow|install|choose|enter)\b|\byou(?:'ll| will| can| should| need| must)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Step();

    [GeneratedRegex(@"\b(?:because|so that|in order|to ensure|due to|since|helps?|allows?|this is why|reason|purpose|therefore|risk)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(?:clear|delet|updat|upgrad|restart|reboot|reset|reinstall|renew|replac|remov|switch|free|fix|solv|resolv|repair|caus)(?:e|es|ed|ing|s)?\b|\b(?:helps?|workaround|because|at least|turn(?:ed|ing)? (?:on|off))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Remedy();

    [GeneratedRegex(@"\b(?:if|unless|except|only|when|before|after|until)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^(?:(?:this|these)\b(?! (?:page|guide|handbook|document|section|policy|site|year|week|month))|(?:that|those|they|them|he|she|its|their|such)\b|it\b(?!(?:'s| is| was) (?:important|possible|recommended|required|best|necessary|your|okay|ok|fine|helpful)\b)|(?:however|otherwise|therefore|instead|if so|if not|in that case|in this case)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex PointingBack();

    [GeneratedRegex(@"^(?:unless|except|however|but|otherwise|the (?:only )?exceptions?|exceptions?|only (?:if|for|when)|this (?:does|do) not|this only|if not|not for|it does not apply|it applies only)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Restricting();

    [GeneratedRegex(@"[.!?:;)""”’]\s*$")]
    private static partial Regex Finished();

    [GeneratedRegex(@"^\W*_?img/|^\s*https?://\S+\s*$|^</?\w+>$")]
    private static partial Regex Scrap();
}
