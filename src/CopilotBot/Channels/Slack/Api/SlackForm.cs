using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>Arguments of a method as form fields, which every method takes (facts/slack.md §2).</summary>
internal static class SlackForm
{
    /// <summary>Slack's limits count what is sent: letters stay letters.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<KeyValuePair<string, string>> Of(JsonObject arguments)
    {
        foreach (var (name, value) in arguments)
        {
            if (value is not null)
            {
                yield return KeyValuePair.Create(name, value is JsonValue plain && plain.TryGetValue<string>(out var text) ? text : value.ToJsonString(Relaxed));
            }
        }
    }
}
