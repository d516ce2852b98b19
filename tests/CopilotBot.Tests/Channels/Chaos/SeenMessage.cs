using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.FakeSlack;
using SlackMessage = CopilotBot.FakeSlack.ShownMessage;
using TeamsMessage = CopilotBot.FakeTeams.ShownMessage;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>A message of any platform, as far as the chaos tests judge it.</summary>
/// <param name="Text">What it says; an ellipsis for a stream that says nothing.</param>
/// <param name="Cards">What stands once for each answer: a card in Teams, the thumbs in Slack.</param>
/// <param name="History">What it showed when, for whoever looks for the reason of a failure.</param>
internal sealed record SeenMessage(string Id, string Text, bool IsByBot, bool IsDeleted, bool IsStreaming, IReadOnlyList<string> Cards, IReadOnlyList<string> History)
{
    public static SeenMessage Of(TeamsMessage message) => new(
        message.Id,
        message.Text,
        message.AuthorIsBot,
        message.IsDeleted,
        message.IsStreaming,
        [.. message.Cards.Select(card => card.GetRawText())],
        [
            .. message.StreamTexts.Select(text => text.Text),
            .. message.Versions.Select(version => $"{version.At:HH:mm:ss.fff} {(version.Activity.TryGetProperty("text", out var text) ? text.GetString() : "(card)")}"),
        ]);

    public static SeenMessage Of(SlackMessage message) => new(
        message.Ts,
        message.BodyText.Length == 0 && message.Stream != ShownStream.None ? "…" : message.BodyText,
        message.AuthorIsBot,
        message.IsDeleted,
        message.IsStreaming,
        [.. message.Buttons.Select(button => button.Value ?? "").Where(value => value.StartsWith(SlackAction.Up, StringComparison.Ordinal))],
        [.. message.StreamTexts.Select(text => $"({message.Stream}) {text}"), .. message.Versions.Select(version => $"{version.At:HH:mm:ss.fff} {version.Text}")]);

    public override string ToString() =>
        $"{Id} {(IsByBot ? "bot" : "person")}{(IsDeleted ? " deleted" : "")}{(IsStreaming ? " streaming" : "")}, {Cards.Count} cards: {string.Join(" -> ", History)}";
}
