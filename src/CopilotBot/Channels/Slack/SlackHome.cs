using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Rendering;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>What a person sees who opens the app (facts/slack.md §4.1): suggestions in the chat, help in the home tab.</summary>
internal sealed class SlackHome(SlackApi api, SlackErrands errands, IOptions<SlackOptions> options, TimeProvider time)
{
    private const int MostPrompts = 4;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _shown = new();

    public string Open(SlackEvent slack)
    {
        if (WireJson.Words(slack.Body, "user") is not { } user)
        {
            return "unknown";
        }

        var tab = WireJson.Text(slack.Body, "tab") ?? "";
        if (!IsNews($"{slack.Workspace}/{user}/{tab}"))
        {
            return "noted";
        }

        var examples = options.Value.Examples.ToList();
        if (tab == "home")
        {
            errands.Run(stop => api.CallAsync(slack.Workspace, "views.publish", new JsonObject { ["user_id"] = user, ["view"] = SlackViews.Home(examples) }, stop));
        }
        else if (WireJson.Words(slack.Body, "channel") is { } channel && examples.Count > 0)
        {
            var prompts = examples.Take(MostPrompts).Select(example => (JsonNode)new JsonObject { ["title"] = example, ["message"] = example }).ToArray();
            errands.Run(stop => api.CallAsync(slack.Workspace, "assistant.threads.setSuggestedPrompts", new JsonObject { ["channel_id"] = channel, ["prompts"] = new JsonArray(prompts) }, stop));
        }

        return "noted";
    }

    private bool IsNews(string what)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _shown.Where(shown => now - shown.Value > Remembered))
        {
            _shown.TryRemove(old, out _);
        }

        return _shown.TryAdd(what, now);
    }
}
