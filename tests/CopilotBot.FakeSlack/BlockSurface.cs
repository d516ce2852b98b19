namespace CopilotBot.FakeSlack;

internal enum BlockSurface
{
    Message,
    Modal,
    Home,
}
