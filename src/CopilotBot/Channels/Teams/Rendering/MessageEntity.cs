using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;
using CopilotBot.Knowledge;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>The one root entity that a message may have (two are an error, facts 3.1): AI label, citations and sensitivity.</summary>
internal static class MessageEntity
{
    /// <summary>More are refused with 400.</summary>
    public const int MostCitations = 20;

    private const int LongestName = 80;

    private const int LongestAbstract = 160;

    private const int LongestKeyword = 28;

    /// <summary>Characters of all links of a message together: text, citations and links must stay below the 50,000 that Teams takes.</summary>
    private const int LongestUrls = 8_000;

    /// <param name="isGenerated">A model took part: Teams says so above the message.</param>
    /// <param name="cited">Those that the text of this message cites.</param>
    /// <returns>Null where there is nothing to say.</returns>
    public static JsonObject? Create(bool isGenerated, IEnumerable<Citation> cited, AnswerFrame frame)
    {
        var hasLabel = !string.IsNullOrEmpty(frame.SensitivityLabelId);
        if (!isGenerated && !hasLabel)
        {
            return null;
        }

        var entity = new JsonObject
        {
            ["type"] = "https://schema.org/Message",
            ["@type"] = "Message",
            ["@context"] = "https://schema.org",
            ["@id"] = "",
        };
        if (isGenerated)
        {
            entity["additionalType"] = new JsonArray("AIGeneratedContent");
        }

        var left = LongestUrls;
        var claims = new JsonArray([.. cited.Select(citation => Claim(citation, frame.Now, ref left))]);
        if (claims.Count > 0)
        {
            entity["citation"] = claims;
        }

        if (hasLabel)
        {
            // At message level alone: a citation with another label is refused, and the id is the whole contract.
            entity["usageInfo"] = new JsonObject { ["@type"] = "CreativeWork", ["@id"] = frame.SensitivityLabelId };
        }

        return entity;
    }

    private static JsonObject Claim(Citation citation, DateTimeOffset now, ref int urlsLeft)
    {
        var name = PlainText.Clip(citation.Title, LongestName) is { Length: > 0 } title ? title : "Untitled";
        var appearance = new JsonObject
        {
            ["@type"] = "DigitalDocument",
            ["name"] = name,
            ["abstract"] = PlainText.Clip(citation.Quote, LongestAbstract) is { Length: > 0 } quote ? quote : name,
        };
        if (SafeLink.Parse(citation.Url) is { } url && url.Length <= urlsLeft)
        {
            urlsLeft -= url.Length;
            appearance["url"] = url;
        }

        appearance["image"] = new JsonObject { ["@type"] = "ImageObject", ["name"] = SourceIcon.Of(citation.Title) };
        var heading = citation.HeadingPath.Count > 0 ? PlainText.OneLine(citation.HeadingPath[^1]) : "";
        appearance["keywords"] = heading.Length is > 0 and <= LongestKeyword
            ? new JsonArray(SourceAge.Describe(citation.Updated, now), heading)
            : new JsonArray(SourceAge.Describe(citation.Updated, now));
        return new JsonObject { ["@type"] = "Claim", ["position"] = citation.Number, ["appearance"] = appearance };
    }
}
