namespace CopilotBot.Feedback;

public enum Vote
{
    Up,
    Down,
}
