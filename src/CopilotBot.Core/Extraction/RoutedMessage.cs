using CopilotBot.Inference;

namespace CopilotBot.Extraction;

/// <summary>Where a message goes.</summary>
/// <param name="Intent">What is done.</param>
/// <param name="Confidence">Calibrated probability of it.</param>
/// <param name="Other">Not null: these two are nearly as likely and would do different things, so the person is asked which it is.</param>
/// <param name="Reading">Intents and spans as read.</param>
public sealed record RoutedMessage(Intent Intent, double Confidence, Intent? Other, TaggedText Reading);
