namespace CopilotBot.Answering;

/// <summary>How far an answer has come.</summary>
/// <param name="Passages">How many passages were found to answer from.</param>
/// <param name="Citations">How many sources <paramref name="Text"/> cites.</param>
/// <param name="Text">The checked sentences so far, as <see cref="Answer.Text"/> has them; each text begins with the one before. Empty before the first.</param>
public sealed record AnswerProgress(int Passages, int Citations, string Text);
