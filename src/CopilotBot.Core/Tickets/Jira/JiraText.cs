using System.Text.Json.Nodes;

namespace CopilotBot.Tickets.Jira;

/// <summary>Long text as Jira takes it: a document (ADF, version 1) on Cloud, wiki markup on Data Center. What people wrote stays text: it mentions nobody and embeds nothing.</summary>
internal static class JiraText
{
    /// <summary>Jira takes 32,767 characters; a document is counted with its marks.</summary>
    private const int MostCharacters = 30_000;

    /// <param name="link">Put at the end behind <paramref name="lead"/>; null for none.</param>
    /// <returns>Null for nothing at all.</returns>
    public static JsonNode? Write(JiraFlavour flavour, string text, string lead = "", string? link = null)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        text = Cut(text, MostCharacters);
        return text.Length == 0 && link is null ? null : flavour == JiraFlavour.Cloud ? Document(text, lead, link) : Markup(text, lead, link);
    }

    /// <summary>Of at most so many characters, none of them half.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)]}…";

    private static JsonObject Document(string text, string lead, string? link)
    {
        var content = new JsonArray();
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            content.Add(Paragraph(paragraph.Split('\n')));
        }

        if (link is not null)
        {
            content.Add(new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(Text($"{lead} "), Link(link)) });
        }

        return new JsonObject { ["type"] = "doc", ["version"] = 1, ["content"] = content };
    }

    private static JsonObject Paragraph(string[] lines)
    {
        var content = new JsonArray();
        for (var line = 0; line < lines.Length; line++)
        {
            if (line > 0)
            {
                content.Add(new JsonObject { ["type"] = "hardBreak" });
            }

            // A document has no empty texts.
            if (lines[line].Length > 0)
            {
                content.Add(Text(lines[line]));
            }
        }

        return new JsonObject { ["type"] = "paragraph", ["content"] = content };
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Link(string address) => new()
    {
        ["type"] = "text",
        ["text"] = address,
        ["marks"] = new JsonArray(new JsonObject { ["type"] = "link", ["attrs"] = new JsonObject { ["href"] = address } }),
    };

    /// <summary>Macros, links and mentions of wiki markup all begin with a bracket, pictures with an exclamation mark before a name.</summary>
    private static JsonValue Markup(string text, string lead, string? link)
    {
        var escaped = text.Replace("{", "\\{", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("!", "\\!", StringComparison.Ordinal);
        return JsonValue.Create(link is null ? escaped : $"{escaped}\n\n{lead} {link}".Trim());
    }
}
