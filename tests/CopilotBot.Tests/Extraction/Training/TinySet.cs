using System.Text.Json;

namespace CopilotBot.Tests.Extraction.Training;

/// <summary>Messages of two intents and two slots in the words of the tiny tagger, drawn with a seed.</summary>
internal static class TinySet
{
    private static readonly string[][] Systems = [["printer"], ["vpn"], ["badge", "reader"], ["coffee", "machine"]];

    private static readonly string[][] Locations = [["berlin"], ["oslo"], ["new", "york"], ["lisbon"]];

    public static string Write(int train = 120, int dev = 30, int test = 30, bool outOfScope = false)
    {
        var random = new Random(11);
        var splits = Enumerable.Repeat("train", train).Concat(Enumerable.Repeat("dev", dev)).Concat(Enumerable.Repeat("test", test));
        return string.Join('\n', splits.Select((split, index) => outOfScope && index % 5 == 0 ? OutOfScope(random, split) : Message(random, split))) + "\n";
    }

    private static string Message(Random random, string split)
    {
        var isNew = random.Next(2) == 0;
        var system = Systems[random.Next(Systems.Length)];
        var location = Locations[random.Next(Locations.Length)];
        string[] start = isNew ? ["please", "open", "a", "ticket", "for", "the"] : ["find", "the", "ticket", "for"];
        string[] tokens = [.. start, .. system, "in", .. location];
        string[] tags = [.. start.Select(_ => "O"), .. Tags(system, "system"), "O", .. Tags(location, "location")];
        return JsonSerializer.Serialize(new { text = string.Join(' ', tokens), tokens, tags, intent = isNew ? "create_ticket" : "find_ticket", split });
    }

    private static string OutOfScope(Random random, string split)
    {
        string[] tokens = ["room", random.Next(2) == 0 ? "4" : "5", "room"];
        return JsonSerializer.Serialize(new { text = string.Join(' ', tokens), tokens, tags = tokens.Select(_ => "O"), intent = "oos", oos = true, split });
    }

    private static IEnumerable<string> Tags(string[] words, string slot) => words.Select((_, index) => $"{(index == 0 ? 'B' : 'I')}-{slot}");
}
