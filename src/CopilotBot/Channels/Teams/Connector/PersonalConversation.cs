namespace CopilotBot.Channels.Teams.Connector;

/// <summary>Asks for the chat with one person; the same id comes back each time (facts 2.5).</summary>
internal sealed record PersonalConversation(bool IsGroup, IReadOnlyList<PersonalConversation.Account> Members, string TenantId)
{
    internal sealed record Account(string Id);
}
