using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeSlack;

/// <summary>Nothing that the bot writes may call people, unless a test expects it (facts §3): the angle syntax is honoured in mrkdwn and in Markdown alike.</summary>
internal static partial class MentionRules
{
    public static IEnumerable<string> In(string text) => Token().Matches(text).Select(match => match.Value);

    /// <summary>The tokens in the texts of blocks that are honoured there; plain_text and rich_text show them as they are.</summary>
    public static IEnumerable<string> In(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(In),
        JsonValueKind.Object => json.Text("type") switch
        {
            "mrkdwn" or "markdown" => In(json.Text("text") ?? ""),
            "user" => [$"<@{json.Text("user_id")}>"],
            "channel" => [$"<#{json.Text("channel_id")}>"],
            "usergroup" => [$"<!subteam^{json.Text("usergroup_id")}>"],
            "broadcast" => [$"<!{json.Text("range")}>"],
            _ => json.EnumerateObject().SelectMany(property => In(property.Value)),
        },
        _ => [],
    };

    /// <param name="allowed">Ids of users who may be mentioned.</param>
    public static IEnumerable<Finding> Check(IEnumerable<string> tokens, ISet<string> allowed) => tokens
        .Where(token => !(token.StartsWith("<@", StringComparison.Ordinal) && allowed.Contains(token[2..^1].Split('|')[0])))
        .Select(token => Finding.Note("mention", "§3", $"The bot wrote {token.Shortened()}, which calls people or names a channel."));

    [GeneratedRegex(@"<[!@#][^>\n]+>")]
    private static partial Regex Token();
}
