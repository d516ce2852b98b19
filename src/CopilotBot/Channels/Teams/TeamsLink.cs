namespace CopilotBot.Channels.Teams;

/// <summary>Links that open a message in Teams: https://teams.microsoft.com/l/message/{conversation}/{message}, with the context where it stands.</summary>
internal static class TeamsLink
{
    /// <returns>Null for a personal chat: nobody but its person can open it.</returns>
    public static string? Of(TeamsAddress address, string messageId)
    {
        var conversation = Uri.EscapeDataString(TeamsConversation.BaseOf(address.ConversationId));
        var message = $"https://teams.microsoft.com/l/message/{conversation}/{Uri.EscapeDataString(messageId)}";
        return address.Kind switch
        {
            TeamsConversation.Channel => address.Tenant is { } tenant ? $"{message}?tenantId={Uri.EscapeDataString(tenant)}&parentMessageId={Uri.EscapeDataString(TeamsConversation.RootOf(address.ConversationId) ?? messageId)}" : message,
            TeamsConversation.Group => $"{message}?context=%7B%22contextType%22%3A%22chat%22%7D",
            _ => null,
        };
    }
}
