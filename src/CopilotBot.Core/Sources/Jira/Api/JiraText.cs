using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira.Api;

/// <summary>A formatted text as the site sends it: ADF on Cloud, wiki markup on Data Center (facts/sources.md §2.3).</summary>
internal sealed record JiraText(JsonElement Content, bool IsWiki)
{
    /// <summary>Whether a file of that name may be shown in it.</summary>
    public bool Mentions(string fileName) => fileName.Length > 0 && Content.ToString().Contains(fileName, StringComparison.OrdinalIgnoreCase);

    public void WriteTo(StructuredTextBuilder text)
    {
        if (IsWiki && Content.ValueKind == JsonValueKind.String)
        {
            WikiMarkupConverter.Write(text, Content.GetString() ?? "");
        }
        else
        {
            AdfConverter.Write(text, Content);
        }
    }
}
