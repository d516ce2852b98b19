namespace CopilotBot.Answering;

/// <summary>What one answer may still spend on asking sources.</summary>
public sealed class RecheckBudget(TimeSpan time)
{
    public TimeSpan Left { get; private set; } = time;

    public void Spend(TimeSpan spent) => Left = spent < Left ? Left - spent : TimeSpan.Zero;
}
