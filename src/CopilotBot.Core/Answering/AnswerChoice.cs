namespace CopilotBot.Answering;

/// <param name="Intent">Name of what is done when it is chosen.</param>
/// <param name="Label">What it is called.</param>
public sealed record AnswerChoice(string Intent, string Label);
