using System.Globalization;

namespace CopilotBot.Extraction.Fields;

/// <summary>Words of the calendar, with what voice input, haste and other languages make of them.</summary>
internal static class DateWords
{
    private static readonly string[][] MonthNames =
    [
        ["january", "jan", "januar", "januari", "janvier", "enero", "janeiro"],
        ["february", "feb", "febr", "februar", "februari", "febuary", "febrero"],
        ["march", "mar", "mär", "märz", "maerz", "mars", "marzo"],
        ["april", "apr", "avril", "abril"],
        ["may", "mai", "mei", "mayo"],
        ["june", "jun", "juni", "juin", "junio"],
        ["july", "jul", "juli", "juillet", "julio"],
        ["august", "aug", "augustus", "agosto"],
        ["september", "sep", "sept", "septembre", "septiembre"],
        ["october", "oct", "okt", "oktober", "octobre", "octubre"],
        ["november", "nov", "novembre", "noviembre"],
        ["december", "dec", "dez", "dezember", "decembre", "diciembre"],
    ];

    private static readonly string[][] DayNames =
    [
        ["sunday", "sun", "sundays", "sonntag"],
        ["monday", "mon", "mondays", "montag"],
        ["tuesday", "tue", "tues", "tuesdays", "teusday", "dienstag"],
        ["wednesday", "wed", "weds", "wednesdays", "wensday", "wednsday", "mittwoch"],
        ["thursday", "thu", "thur", "thurs", "thursdays", "thrusday", "thirsday", "donnerstag"],
        ["friday", "fri", "fridays", "firday", "freitag"],
        ["saturday", "sat", "saturdays", "samstag"],
    ];

    private static readonly string[] Units =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"];

    private static readonly string[] Ordinals =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
        "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth",
        "thirtieth", "thirty-first",
    ];

    private static readonly Dictionary<string, int> Months = Index(MonthNames, 1);

    private static readonly Dictionary<string, int> Days = Index(DayNames, 0);

    private static readonly Dictionary<string, int> Numbers = Index([.. Units.Select(word => new[] { word })], 0);

    private static readonly Dictionary<string, int> Places = Index([.. Ordinals.Select(word => word.Contains('-', StringComparison.Ordinal) ? new[] { word, word.Replace('-', ' '), word.Replace("-", "", StringComparison.Ordinal) } : [word])], 1);

    /// <summary>Alternatives for a pattern, the longest first.</summary>
    public static string MonthPattern { get; } = Alternatives(Months.Keys);

    public static string DayPattern { get; } = Alternatives(Days.Keys);

    public static string NumberPattern { get; } = @"\d{1,3}|an?|couple of|" + Alternatives(Numbers.Keys);

    public static string OrdinalPattern { get; } = Alternatives(Places.Keys);

    public static int Month(string word) => Months[word];

    public static DayOfWeek Day(string word) => (DayOfWeek)Days[word];

    public static int Number(string word) => word switch
    {
        "a" or "an" => 1,
        "couple of" => 2,
        _ => Numbers.TryGetValue(word, out var number) ? number : int.Parse(word, CultureInfo.InvariantCulture),
    };

    /// <summary>"2", "2nd" and "second" are 2.</summary>
    public static int DayOfMonth(string word) => Places.TryGetValue(word, out var place) ? place : int.Parse(word.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz."), CultureInfo.InvariantCulture);

    private static string Alternatives(IEnumerable<string> words) => string.Join('|', words.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal));

    private static Dictionary<string, int> Index(string[][] names, int first) =>
        names.SelectMany((alike, index) => alike.Select(name => (name, index + first))).ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);
}
