using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopilotBot.Tests.Support;

/// <summary>
/// Replaces the names and product words of tests/golden/demo-terms.json and every number, each by the same other one wherever it stands: an equal
/// company of which no rule of the product can know a word.
/// </summary>
internal sealed partial class Renaming
{
    /// <summary>JSON properties that people wrote; the others are identifiers and structure.</summary>
    private static readonly HashSet<string> Texts = ["title", "summary", "text", "displayName"];

    private readonly Random _random;

    private readonly Dictionary<string, string> _words;

    private readonly Dictionary<string, string> _numbers = [];

    private readonly HashSet<string> _used = [];

    private readonly HashSet<string> _met = [];

    public Renaming(IReadOnlyList<string> terms, int seed)
    {
        _random = new Random(seed);
        _words = terms.ToDictionary(term => term.ToUpperInvariant(), InventWord);
    }

    /// <summary>Terms that stood in no text so far.</summary>
    public IEnumerable<string> Missing => _words.Keys.Except(_met);

    public string Text(string text) => Token().Replace(text, match => match.Value[0] is >= '0' and <= '9' ? Number(match.Value) : Word(match.Value));

    /// <summary>Storage format: what stands between tags, code among it; attributes name people, pages and languages.</summary>
    public string Markup(string xml) => Tag().Replace(xml, match => match.Groups["text"].Success ? Text(match.Value) : match.Value);

    public string Json(string json)
    {
        var root = JsonNode.Parse(json)!;
        Replace(root);
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private void Replace(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array.OfType<JsonNode>())
            {
                Replace(item);
            }
        }

        if (node is JsonObject properties)
        {
            foreach (var (name, value) in properties.ToList())
            {
                if (Texts.Contains(name) && value?.GetValueKind() == JsonValueKind.String)
                {
                    properties[name] = Text(value.GetValue<string>());
                }
                else if (value is not null)
                {
                    Replace(value);
                }
            }
        }
    }

    private string Word(string word)
    {
        if (!_words.TryGetValue(word.ToUpperInvariant(), out var other))
        {
            return word;
        }

        _met.Add(word.ToUpperInvariant());
        return word.All(char.IsUpper) ? other.ToUpperInvariant() : char.IsUpper(word[0]) ? char.ToUpperInvariant(other[0]) + other[1..] : other;
    }

    /// <summary>Another number of as many digits, never the same for two; zeros stay, or 0x and 10:00 would stop being what they are.</summary>
    private string Number(string number)
    {
        if (number.Trim('0').Length == 0)
        {
            return number;
        }

        if (_numbers.TryGetValue(number, out var known))
        {
            return known;
        }

        for (; ; )
        {
            var other = string.Concat(number.Select((digit, i) => (char)('0' + (i == 0 && digit != '0' ? _random.Next(1, 10) : digit == '0' && i == 0 ? 0 : _random.Next(0, 10)))));
            if (other.Trim('0').Length > 0 && _used.Add(other))
            {
                return _numbers[number] = other;
            }
        }
    }

    private string InventWord(string term)
    {
        const string consonants = "bdfgklmnprstvz";
        const string vowels = "aeiou";
        for (; ; )
        {
            var word = string.Concat(Enumerable.Range(0, Math.Max(3, term.Length)).Select(i => i % 2 == 0 ? consonants[_random.Next(consonants.Length)] : vowels[_random.Next(vowels.Length)]));
            if (_used.Add(word))
            {
                return word;
            }
        }
    }

    [GeneratedRegex(@"\p{L}+|[0-9]+")]
    private static partial Regex Token();

    [GeneratedRegex(@"<!\[CDATA\[|\]\]>|&[#\w]+;|<[^>]*>|(?<text>[^<&\]]+)")]
    private static partial Regex Tag();
}
