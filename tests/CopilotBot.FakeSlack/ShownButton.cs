namespace CopilotBot.FakeSlack;

/// <summary>Something to press under a message: a button, or one of the two thumbs of feedback_buttons (facts §1.5).</summary>
/// <param name="Type">button, feedback_buttons or icon_button.</param>
/// <param name="Url">Of a link button, null elsewhere.</param>
public sealed record ShownButton(string Type, string ActionId, string BlockId, string Text, string? Value, string? Url);
