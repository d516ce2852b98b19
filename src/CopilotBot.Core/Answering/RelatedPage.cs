using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>A page that does not answer but is about something near.</summary>
/// <param name="Url">As in <see cref="Citation"/>.</param>
public sealed record RelatedPage(DocumentId DocumentId, string Title, string Url);
