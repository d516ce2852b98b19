namespace CopilotBot.Extraction.Words;

/// <summary>What a word and those around it say about its tag.</summary>
internal static class TagFeatures
{
    private const int Reach = 5;

    private static readonly HashSet<string> Pointers =
    [
        "in", "on", "at", "to", "for", "from", "since", "by", "until", "before", "after", "with", "of", "under", "as", "into", "is", "note", "comment", "says", "error", "assign", "label", "tag",
        "prio", "priority", "and", "the",
    ];

    /// <param name="intent">The likeliest intent of the message.</param>
    public static IEnumerable<string> Of(MessageWords message, int word, string intent)
    {
        string At(int offset) => word + offset < 0 ? "<s>" : word + offset >= message.Lower.Count ? "</s>" : message.Lower[word + offset];
        string ShapeAt(int offset) => word + offset < 0 ? "<" : word + offset >= message.Shapes.Count ? ">" : message.Shapes[word + offset];
        var (own, before, after, shape, chunk) = (At(0), At(-1), At(1), ShapeAt(0), message.Chunks[word]);
        IEnumerable<string> around =
        [
            "_", "0" + own, "-" + before, "+" + after, "=" + At(-2), "#" + At(2), "t-" + At(-3), "t+" + At(3), $"-0{before} {own}", $"0+{own} {after}", $"=-{At(-2)} {before}", $"+#{after} {At(2)}",
            $"=-0{At(-2)} {before} {own}", $"0+#{own} {after} {At(2)}", "s" + shape, "s-" + ShapeAt(-1), "s+" + ShapeAt(1), $"s3{ShapeAt(-1)}{shape}{ShapeAt(1)}", "c" + chunk, $"c0{chunk}{message.Places[word]}",
            "c-" + (word > 0 ? message.Chunks[word - 1] : ""), $"-c{before}{chunk}", $"f0{chunk}{before}", $"i{intent}{shape}", "I" + intent, "k" + message.Lower[0],
        ];
        return around.Concat(Parts(own)).Concat(Pointer(message, word)).Concat(message.Quoted[word] ? ["q"] : []).Concat(message.BeginsLine[word] ? ["ls"] : []);
    }

    private static IEnumerable<string> Parts(string word)
    {
        for (var length = 2; length <= 4 && length < word.Length; length++)
        {
            yield return "e" + word[^length..];
            if (length < 4)
            {
                yield return "p" + word[..length];
            }
        }

        for (var from = 0; from + 3 <= word.Length; from++)
        {
            yield return string.Concat("g", word.AsSpan(from, 3));
        }
    }

    /// <summary>The nearest word before that often announces a slot.</summary>
    private static IEnumerable<string> Pointer(MessageWords message, int word)
    {
        for (var at = word - 1; at >= Math.Max(0, word - Reach); at--)
        {
            if (Pointers.Contains(message.Lower[at]))
            {
                return ["f" + message.Lower[at], $"f{message.Lower[at]}{word - at}"];
            }
        }

        return [];
    }
}
