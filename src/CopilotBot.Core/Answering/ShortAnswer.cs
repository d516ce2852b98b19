using System.Text.RegularExpressions;

namespace CopilotBot.Answering;

/// <summary>
/// Finds what an answer can begin with: the one amount, date, duration, address, channel or person of the kind that the question asks for, in the sentence that most likely
/// answers. More than one of the kind, or one that already stands in the question, is no short answer. A yes or no is never said, only the sentence that decides put first: on the
/// yes-or-no questions of the handbook even a strict rule was wrong too often.
/// </summary>
public static partial class ShortAnswer
{
    /// <summary>Probability below which the best unit is not trusted with a short answer.</summary>
    private const double MinimumProbability = .3;

    /// <summary>Share of the best unit's probability from which another value of the kind makes the short answer doubtful.</summary>
    private const double RivalShare = .4;

    /// <param name="ranked">All units, best first.</param>
    /// <param name="chosen">Those that the answer consists of.</param>
    public static LeadAnswer? Find(string question, IReadOnlyList<RankedUnit> ranked, IReadOnlyList<AnswerUnit> chosen)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var form = QuestionForm.Of(question);
        if (ranked.FirstOrDefault(unit => chosen.Contains(unit.Unit)) is not { Unit: { } best } top || top.Probability < MinimumProbability)
        {
            return null;
        }

        var text = AnswerComposer.Render(best);
        foreach (var pattern in Patterns(question, form))
        {
            var spans = pattern.Matches(text).Select(match => match.Value.Trim().TrimEnd('.', ',', ';', ':')).Where(span => span.Length > 0).ToList();
            if (spans.Count > 0)
            {
                return spans.Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1 && !HasRival(pattern, spans[0]) && !question.Contains(spans[0], StringComparison.OrdinalIgnoreCase) && AnswerComposer.WordCount(text) > AnswerComposer.WordCount(spans[0]) + 2
                    ? new LeadAnswer(best, spans[0])
                    : null;
            }
        }

        return form.WantsDecision && UnitWording.Decides(text) ? new LeadAnswer(best, null) : null;

        // Two durations in two sentences that answer nearly as well: which one is meant, only the reader knows.
        bool HasRival(Regex pattern, string span) => ranked.Any(other =>
            other.Unit != best && chosen.Contains(other.Unit) && other.Probability >= RivalShare * top.Probability
            && pattern.Matches(AnswerComposer.Render(other.Unit)) is { Count: > 0 } matches && !matches.Any(match => match.Value.Contains(span, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What the question asks for, the most telling kind first.</summary>
    private static IEnumerable<Regex> Patterns(string question, QuestionForm form)
    {
        if (form.WantsDecision || form.WantsSteps || form.WantsReason)
        {
            yield break;
        }

        if (AsksAddress().IsMatch(question))
        {
            yield return Address();
        }

        if (AsksChannel().IsMatch(question))
        {
            yield return Channel();
        }

        if (AsksPhone().IsMatch(question))
        {
            yield return Phone();
        }

        if (AsksDuration().IsMatch(question))
        {
            yield return Duration();
        }

        if (CountedThing(question) is { } counted)
        {
            yield return counted;
        }

        if (AsksAmount().IsMatch(question))
        {
            yield return Amount();
        }

        if (AsksDate().IsMatch(question))
        {
            yield return Date();
        }

        if (AsksPlace().IsMatch(question))
        {
            yield return Address();
            yield return Link();
        }

        if (form.WantsPerson)
        {
            yield return Address();
            yield return PersonName();
        }
    }

    /// <summary>"How many unused days" is answered by a number in front of "days", at most two words between them.</summary>
    private static Regex? CountedThing(string question) =>
        AsksCount().Match(question) is { Success: true } match
            ? new Regex($@"(?:(?:up to|at least|at most|more than|over|about|around) )?(?:\d[\d,.]*\+?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))(?: [\w-]+){{0,2}}? {Regex.Escape(UnitFeatures.Stem(match.Groups[1].Value))}\w*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100))
            : null;

    [GeneratedRegex(@"\be-?mails?\b|\binbox\b|\bmail address\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksAddress();

    [GeneratedRegex(@"\bchannel\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksChannel();

    [GeneratedRegex(@"\bphone\b|\bnumber (?:of|for|to call)\b|\bcall\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksPhone();

    [GeneratedRegex(@"\bhow (?:long|soon|fast|quick\w*|often)\b|\bhow (?:many|much) (?:\w+ )?(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|time|notice)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksDuration();

    [GeneratedRegex(@"\bhow many (?:[\w-]+ ){0,2}?([\w-]{3,}s|people|staff)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksCount();

    [GeneratedRegex(@"\bhow much\b|\bcosts?\b|\bprice\b|\bwhat (?:percent\w*|rate|amount)\b|\ballowance\b|\bsupplement\b|\bfee\b|\bsalary\b|\bper diem\b|\bmax\w*\b|\blimit\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksAmount();

    [GeneratedRegex(@"^(?:and |so )?(?:by )?when\b|\bwhat (?:date|day|time|year|month)\b|\bdeadline\b|\bdue\b|\bwhich (?:day|month|year)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksDate();

    [GeneratedRegex(@"\bwhere (?:do|can|should|does|to)\b|\bwhich (?:site|website|address|url|server|host)\b|\bwhat (?:site|website|address|url|server|host)\b|\burl\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksPlace();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w/])#[a-z0-9][\w-]*[a-z][\w-]*", RegexOptions.IgnoreCase)]
    private static partial Regex Channel();

    [GeneratedRegex(@"\+?\(?\d{3,4}\)?(?:[ -]\d{2,4}){1,3}|(?<=\b(?:is|on|call|dial|at) )\d{3,6}\b")]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?:(?:up to|at least|at most|within|every|no more than|less than|more than|about|around) )?(?:\d[\d,.]*(?:\s?(?:-|–|to|or) ?\d[\d,.]*)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))[- ](?:(?:working|business|calendar|full|consecutive|paid|unused|more) )?(?:minutes?|hours?|days?|weeks?|months?|years?)\b|\b(?:daily|weekly|monthly|quarterly|annually|every (?:day|week|month|quarter|year|two weeks))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?:(?:up to|at least|at most|more than|over|about) )?(?:[$€£]\s?\d[\d,.]*(?: ?(?:to|-|–|and) ?[$€£]?\d[\d,.]*)?(?: ?(?:million|thousand))?|\d[\d,.]*(?: (?:to|and) \d[\d,.]*)? ?(?:%|percent\b|dollars?\b|euros?\b|pounds?\b|cents?\b))(?: (?:a|per) (?:day|night|month|year|week|hour|person|mile|seat))?", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"(?:\b(?:by|on|before|after|every) )?(?:\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,? \d{4})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4})?|\b\d{4}-\d\d-\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b(?: at \d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b\.?))?|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?)")]
    private static partial Regex Date();

    [GeneratedRegex(@"https?://[^\s)>\]]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|com|org|net|io|example|edu)\b(?:/[^\s)>\]]*)?")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b")]
    private static partial Regex PersonName();
}
