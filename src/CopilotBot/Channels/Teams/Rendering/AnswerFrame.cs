namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>What is known about the place that an answer goes to.</summary>
/// <param name="SensitivityLabelId">Purview label of every message; null or empty for none.</param>
/// <param name="OffersPrivate">Adds "Ask privately", to every answer alike: whether it is there tells nothing. False in personal chats.</param>
internal sealed record AnswerFrame(string Question, bool IsPersonal, DateTimeOffset Now, string? SensitivityLabelId, bool OffersPrivate);
