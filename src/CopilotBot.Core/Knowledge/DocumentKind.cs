namespace CopilotBot.Knowledge;

public enum DocumentKind
{
    Page,
    Ticket,
    Comment,
    Attachment,
}
