using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotBot.Extraction.Fields;

/// <param name="Confidence">From 0 to 1: below .8 the words name a stretch of time, of which the end (due) or the beginning (started) is taken.</param>
public sealed record ReadDate(DateOnly Date, double Confidence)
{
    /// <summary>yyyy-MM-dd</summary>
    public string Iso => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Reads dates that people write: "by Friday", "2nd of September", "in two weeks", "EOM". Days before months: 3/4 is 3 April.</summary>
public static partial class DateReader
{
    private const RegexOptions Style = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Regex DayThenMonth = new($@"\b(?<day>\d{{1,2}}(?:st|nd|rd|th|\.)?|{DateWords.OrdinalPattern})\s*(?:day\s+)?(?:of\s+)?(?<month>{DateWords.MonthPattern})\b\.?,?(?:\s*(?<year>20\d\d)\b)?", Style);

    private static readonly Regex MonthThenDay = new($@"\b(?<month>{DateWords.MonthPattern})\.?\s+(?:the\s+)?(?<day>\d{{1,2}}(?:st|nd|rd|th)?|{DateWords.OrdinalPattern})\b(?!:)(?:,?\s*(?<year>20\d\d)\b)?", Style);

    private static readonly Regex PartOfMonth = new($@"\b(?<part>mid(?:dle)?|end|beginning|start|early|late|(?:first|second|third|last) week)[\s-]*(?:of\s+|in\s+)?(?<month>{DateWords.MonthPattern})\b", Style);

    private static readonly Regex WholeMonth = new($@"\b(?<month>{DateWords.MonthPattern})\b(?:\s*(?<year>20\d\d)\b)?", Style);

    private static readonly Regex WeekDay = new($@"\b(?<which>next|last|this|coming|past|previous)?\s*(?<day>{DateWords.DayPattern})\b", Style);

    private static readonly Regex Distance = new($@"\b(?<count>{DateWords.NumberPattern})\s*(?:business\s+|working\s+|more\s+)?(?<unit>min(?:ute)?s?|h(?:ou)?rs?|h|days?|d|nights?|weeks?|wks?|months?|years?)\b(?<ago>\s+(?:ago|back|earlier))?", Style);

    private static readonly Regex DayAlone = new($@"\b(?:the\s+)(?<day>\d{{1,2}}(?:st|nd|rd|th)?|{DateWords.OrdinalPattern})\b(?!\s*(?:time|floor|one|attempt))|\b(?<day>\d{{1,2}}(?:st|nd|rd|th))\b", Style);

    /// <param name="now">In the person's time zone.</param>
    /// <param name="isPast">The words say when something began, not when it is due.</param>
    /// <returns>Null when the words name no day, such as "before the release".</returns>
    public static ReadDate? Read(string words, DateTimeOffset now, bool isPast)
    {
        ArgumentNullException.ThrowIfNull(words);
        var text = Spaces().Replace(words.ToLowerInvariant().Replace('’', '\''), " ").Trim();
        var today = DateOnly.FromDateTime(now.DateTime);
        return ReadCalendar(text, today, isPast) ?? ReadRelative(text, now, today, isPast) ?? ReadEnd(text, today, isPast) ?? ReadRough(text, today, isPast) ?? ReadTime(text, now, today, isPast);
    }

    private static ReadDate? ReadCalendar(string text, DateOnly today, bool isPast)
    {
        if (IsoDate().Match(text) is { Success: true } iso)
        {
            return Of(Number(iso, "year"), Number(iso, "month"), Number(iso, "day"), 1);
        }

        if (NumberDate().Match(text) is { Success: true } numbers)
        {
            var (first, second) = (Number(numbers, "first"), Number(numbers, "second"));
            var (day, month) = second > 12 ? (second, first) : (first, second);
            return numbers.Groups["year"].Success ? Of(FullYear(Number(numbers, "year")), month, day, first <= 12 && second <= 12 && first != second ? .9 : 1) : Nearest(month, day, today, isPast, .9);
        }

        var named = DayThenMonth.Match(text) is { Success: true } one ? one : MonthThenDay.Match(text);
        if (!named.Success)
        {
            return null;
        }

        var (namedMonth, namedDay) = (DateWords.Month(named.Groups["month"].Value), DateWords.DayOfMonth(named.Groups["day"].Value));
        return named.Groups["year"].Success ? Of(Number(named, "year"), namedMonth, namedDay, 1) : Nearest(namedMonth, namedDay, today, isPast, 1);
    }

    private static ReadDate? ReadRelative(string text, DateTimeOffset now, DateOnly today, bool isPast)
    {
        if (DayAfterTomorrow().IsMatch(text))
        {
            return new ReadDate(today.AddDays(2), .95);
        }

        if (Tomorrow().IsMatch(text))
        {
            return new ReadDate(today.AddDays(1), 1);
        }

        if (Yesterday().Match(text) is { Success: true } yesterday)
        {
            return new ReadDate(today.AddDays(yesterday.Groups["before"].Success ? -2 : -1), 1);
        }

        if (Today().IsMatch(text))
        {
            return new ReadDate(today, 1);
        }

        return ReadWeekDay(text, today, isPast) ?? ReadDistance(text, now, isPast);
    }

    private static ReadDate? ReadWeekDay(string text, DateOnly today, bool isPast)
    {
        // "first week of June" is none; "sun" and "mon" are days only where nothing else makes sense of them, and that was tried before.
        var match = WeekDay.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var day = DateWords.Day(match.Groups["day"].Value);
        if (match.Groups["which"].Value == "next" || NextWeek().IsMatch(text))
        {
            return new ReadDate(MondayOf(today).AddDays(7 + FromMonday(day)), .9);
        }

        var isLast = match.Groups["which"].Value is "last" or "past" or "previous";
        if (isPast || isLast)
        {
            var back = ((int)today.DayOfWeek - (int)day + 7) % 7;
            return new ReadDate(today.AddDays(-(back == 0 && isLast ? 7 : back)), .95);
        }

        return new ReadDate(today.AddDays(((int)day - (int)today.DayOfWeek + 7) % 7), .95);
    }

    private static ReadDate? ReadDistance(string text, DateTimeOffset now, bool isPast)
    {
        var match = Distance.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var count = DateWords.Number(match.Groups["count"].Value) * (isPast || match.Groups["ago"].Success ? -1 : 1);
        DateTimeOffset? then = match.Groups["unit"].Value switch
        {
            ['m', 'i', ..] => now.AddMinutes(count),
            ['h', ..] => now.AddHours(count),
            ['d', ..] or ['n', ..] => now.AddDays(count),
            ['w', ..] => now.AddDays(7 * count),
            ['m', ..] => now.AddMonths(count),
            _ => now.AddYears(count),
        };
        return new ReadDate(DateOnly.FromDateTime(then.Value.DateTime), .9);
    }

    private static ReadDate? ReadEnd(string text, DateOnly today, bool isPast)
    {
        if (PartOfMonth.Match(text) is { Success: true } part)
        {
            var month = DateWords.Month(part.Groups["month"].Value);
            var year = YearOf(month, today, isPast);
            var day = part.Groups["part"].Value switch
            {
                "mid" or "middle" => 15,
                "end" or "late" or "last week" => DateTime.DaysInMonth(year, month),
                "first week" => 7,
                "second week" => 14,
                "third week" => 21,
                _ => 1,
            };
            return new ReadDate(new DateOnly(year, month, day), .75);
        }

        if (EndOf().Match(text) is not { Success: true } end)
        {
            return null;
        }

        var next = end.Groups["next"].Success ? 1 : 0;
        return end.Groups["unit"].Value switch
        {
            "d" or "day" or "business" => new ReadDate(today, 1),
            "w" or "week" => new ReadDate(MondayOf(today).AddDays(4 + (7 * next)), .9),
            "m" or "month" => new ReadDate(LastOf(today.AddMonths(next)), .95),
            "q" or "quarter" => new ReadDate(LastOf(new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 3, 1).AddMonths(3 * next)), .9),
            "y" or "year" => new ReadDate(new DateOnly(today.Year + next, 12, 31), .95),
            _ => null,
        };
    }

    private static ReadDate? ReadRough(string text, DateOnly today, bool isPast)
    {
        if (Week().Match(text) is { Success: true } week)
        {
            var monday = MondayOf(today).AddDays(week.Groups["which"].Value switch { "next" => 7, "last" => -7, _ => 0 });
            return new ReadDate(week.Groups["end"].Success ? monday.AddDays(isPast ? 5 - (week.Groups["which"].Value == "last" ? 0 : 7) : 5) : monday.AddDays(isPast ? 0 : 4), .7);
        }

        if (NextMonth().IsMatch(text))
        {
            return new ReadDate(LastOf(today.AddMonths(1)), .7);
        }

        if (DayAlone.Match(text) is { Success: true } alone && DateWords.DayOfMonth(alone.Groups["day"].Value) is >= 1 and <= 31 and var day)
        {
            return NearestDay(day, today, isPast);
        }

        // "may" alone is more often the verb.
        if (WholeMonth.Match(text) is { Success: true } whole && (whole.Groups["month"].Value != "may" || text is "may" or "in may" or "since may" or "by may" or "until may" or "before may"))
        {
            var month = DateWords.Month(whole.Groups["month"].Value);
            var year = whole.Groups["year"].Success ? Number(whole, "year") : YearOf(month, today, isPast);
            var first = new DateOnly(year, month, 1);
            return new ReadDate(isPast ? first : text.StartsWith("before", StringComparison.Ordinal) ? first.AddDays(-1) : LastOf(first), .65);
        }

        return null;
    }

    /// <summary>A time of day alone is today's, or the one nearest in the right direction.</summary>
    private static ReadDate? ReadTime(string text, DateTimeOffset now, DateOnly today, bool isPast)
    {
        var match = TimeOfDay().Match(text);
        if (!match.Success)
        {
            return text is "noon" or "midnight" || Soon().IsMatch(text) ? new ReadDate(today, .8) : null;
        }

        var hour = Number(match, "hour") + (match.Groups["half"].Value.StartsWith('p') && Number(match, "hour") < 12 ? 12 : 0);
        if (hour > 24)
        {
            return null;
        }

        // "by 4" at noon is the afternoon's.
        var isSure = match.Groups["half"].Success || match.Groups["minute"].Success || hour > 12;
        var minutes = (hour * 60) + (match.Groups["minute"].Success ? Number(match, "minute") : 0);
        var passed = minutes < (now.Hour * 60) + now.Minute && (isSure || hour + 12 < now.Hour);
        return new ReadDate(isPast ? (minutes > (now.Hour * 60) + now.Minute ? today.AddDays(-1) : today) : passed ? today.AddDays(1) : today, .8);
    }

    private static ReadDate? Of(int year, int month, int day, double confidence) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new ReadDate(new DateOnly(year, month, day), confidence) : null;

    /// <summary>The next such day for what is due, the last for what began.</summary>
    private static ReadDate? Nearest(int month, int day, DateOnly today, bool isPast, double confidence) =>
        Enumerable.Range(0, 5).Select(years => Of(today.Year + (isPast ? -years : years), month, day, confidence)).FirstOrDefault(read => read is not null && (isPast ? read.Date <= today : read.Date >= today));

    private static ReadDate? NearestDay(int day, DateOnly today, bool isPast)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        return Enumerable.Range(0, 4).Select(months => first.AddMonths(isPast ? -months : months)).Where(month => day <= DateTime.DaysInMonth(month.Year, month.Month))
            .Select(month => new ReadDate(month.AddDays(day - 1), .9)).FirstOrDefault(read => isPast ? read.Date <= today : read.Date >= today);
    }

    private static int YearOf(int month, DateOnly today, bool isPast) => today.Year + (isPast ? (month > today.Month ? -1 : 0) : (month < today.Month ? 1 : 0));

    private static int FullYear(int year) => year < 100 ? 2000 + year : year;

    private static DateOnly LastOf(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-FromMonday(day.DayOfWeek));

    private static int FromMonday(DayOfWeek day) => ((int)day + 6) % 7;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(?<year>20\d\d)[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})")]
    private static partial Regex IsoDate();

    /// <summary>15.30 is a time, 31.10. and 19.08 may be dates: a second number above 12 needs a first of at most 12, and both a month between them.</summary>
    [GeneratedRegex(@"(?<![\d:.])(?:(?<first>0?[1-9]|[12]\d|3[01])\s?[/.-]\s?(?<second>0?[1-9]|1[0-2])|(?<first>0?[1-9]|1[0-2])\s?[/]\s?(?<second>1[3-9]|2\d|3[01]))(?:\s?[/.-]\s?(?<year>20\d\d|\d\d)\b|\.)?(?![\d:])(?!\s*(?:am|pm|h|uhr|o'clock)\b)")]
    private static partial Regex NumberDate();

    [GeneratedRegex(@"\bday after (?:tomorrow|tmrw)\b|\bovermorrow\b")]
    private static partial Regex DayAfterTomorrow();

    [GeneratedRegex(@"\btom+or+ow\b|\btmrw?\b|\b2moro\b|\b2morrow\b")]
    private static partial Regex Tomorrow();

    [GeneratedRegex(@"(?<before>\bday before )?\b(?:yesterday|yest)\b|\blast (?:night|evening)\b|\bovernight\b")]
    private static partial Regex Yesterday();

    [GeneratedRegex(@"\btoday\b|\btonight\b|\btonite\b|\bthis (?:morning|afternoon|evening|noon|minute|hour)\b|\beod\b|\bcob\b|\bclose of (?:business|play)\b|\bend of (?:the )?(?:business |working )?day\b")]
    private static partial Regex Today();

    [GeneratedRegex(@"\bnext week\b")]
    private static partial Regex NextWeek();

    [GeneratedRegex(@"\b(?:end|close) of (?:the |this )?(?<next>next |coming )?(?:calendar |fiscal )?(?<unit>week|month|quarter|year)\b|\b(?<next>next )?(?<unit>month|quarter|year)[ -]end\b|\beo(?<unit>[wmqy])\b|\blast day of (?:the |this )?(?<next>next )?(?<unit>month|year)\b")]
    private static partial Regex EndOf();

    [GeneratedRegex(@"\b(?<which>next|this|last|the|coming)?\s*(?:whole\s+)?(?:week(?<end>[ -]?end)?)\b")]
    private static partial Regex Week();

    [GeneratedRegex(@"\bnext month\b")]
    private static partial Regex NextMonth();

    [GeneratedRegex(@"\b(?<hour>\d{1,2})(?:\s?[:.h]\s?(?<minute>[0-5]\d))?\s?(?:h\b|uhr\b|o'clock\b|(?<half>[ap])\.?\s?m\b)?")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\bnoon\b|\bmidnight\b|\blunch\b|\bnow\b|\bevening\b|\bafternoon\b|\bmorning\b|\bdawn\b")]
    private static partial Regex Soon();
}
