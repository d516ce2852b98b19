using System.Text.Json.Nodes;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>Forms and the home tab (facts/slack.md §3, §4.1).</summary>
internal static class SlackViews
{
    /// <summary>The form that a thumb down opens.</summary>
    public static JsonObject ReasonForm(TurnId turn) => throw new NotImplementedException();

    /// <summary>What the bot can do, in the home tab.</summary>
    public static JsonObject Home(IReadOnlyList<string> examples) => throw new NotImplementedException();

    /// <summary>The same for "/kb help", as one message.</summary>
    public static SlackMessage Help(IReadOnlyList<string> examples) => throw new NotImplementedException();
}
