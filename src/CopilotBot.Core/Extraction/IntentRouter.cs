using System.Text.RegularExpressions;
using CopilotBot.Inference;

namespace CopilotBot.Extraction;

/// <summary>
/// Decides what a message wants. Questions are the main work, and one that is taken for an order costs more than an order that is first answered: whatever is not
/// answering has to be much likelier than answering, and is asked about where it is not likelier still. Thread-safe.
/// </summary>
public sealed partial class IntentRouter(IMessageReader reader)
{
    /// <summary>How many times likelier than answering another intent has to be.</summary>
    internal const double OddsOfAction = 4.1;

    /// <summary>Below these odds the person is asked which of the two it is.</summary>
    internal const double OddsWithoutAsking = 50;

    /// <summary>Two orders of which the second is at least so much as likely as the first are asked about.</summary>
    private const double Close = .5;

    private const double SureOfCommand = .9;

    /// <summary>Where no intent is as likely as this, none fits.</summary>
    private const double OutOfScopeLine = .3;

    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    public async Task<RoutedMessage> RouteAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Route(text, await reader.ReadAsync(text, cancellationToken));
    }

    /// <summary>The caller knows the intent, by a command or a button.</summary>
    public static RoutedMessage Force(Intent intent, TaggedText reading) => new(intent, 1, null, reading);

    internal static RoutedMessage Route(string text, TaggedText reading)
    {
        var intents = reading.Intents.Select(pair => (Intent: IntentNames.Parse(pair.Intent), pair.Probability)).ToList();
        var answering = intents.Where(pair => IsAnswered(pair.Intent)).DefaultIfEmpty((Intent.AskQuestion, 0)).MaxBy(pair => pair.Item2);
        var actions = intents.Where(pair => !IsAnswered(pair.Intent)).OrderByDescending(pair => pair.Probability).ToList();
        if (actions.Find(pair => pair.Intent == Intent.CreateTicket) is { Probability: > 0 } ordered && Command().IsMatch(text))
        {
            return new RoutedMessage(Intent.CreateTicket, Math.Max(ordered.Probability, SureOfCommand), null, reading);
        }

        if (actions is not [var action, ..] || action.Probability < OddsOfAction * answering.Item2)
        {
            return new RoutedMessage(answering.Item1, answering.Item2, null, reading);
        }

        if (action.Probability < OutOfScopeLine || reading.IsOutOfScope)
        {
            return new RoutedMessage(Intent.OutOfScope, 1 - action.Probability, null, reading);
        }

        return new RoutedMessage(action.Intent, action.Probability, FindOther(text, action, actions, answering.Item2), reading);
    }

    private static Intent? FindOther(string text, (Intent Intent, double Probability) action, List<(Intent Intent, double Probability)> actions, double answering)
    {
        // Much that breaks has a known remedy: what is known comes first, unless a ticket is asked for in so many words.
        if (action.Intent == Intent.CreateTicket && !Order().IsMatch(text))
        {
            return Intent.AskQuestion;
        }

        if (actions is [_, var second, ..] && second.Probability >= Close * action.Probability && !(IsTalk(action.Intent) && IsTalk(second.Intent)))
        {
            return second.Intent;
        }

        return action.Probability < OddsWithoutAsking * answering && !IsTalk(action.Intent) && !Order().IsMatch(text) ? Intent.AskQuestion : null;
    }

    /// <summary>A sentence that orders a ticket in so many words, whatever else the message is about; "how do I open a ticket?" orders none.</summary>
    [GeneratedRegex(@"(?:^|[.!\n])\s*(?:(?:hi|hello|hey)\b[^.!?\n]{0,30}[,!:]\s*)?(?:(?:please|pls|kindly|(?:can|could|would) you(?: please)?)\s+)?(?:open|create|raise|log|file|submit)\s+(?:(?:a|an|the|me|us|another|new)\s+){0,3}(?:ticket|incident|bug|issue|defect)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Command();

    /// <summary>Retrieval runs first for both.</summary>
    private static bool IsAnswered(Intent intent) => intent is Intent.AskQuestion or Intent.OutOfScope;

    /// <summary>A word in return is all that follows.</summary>
    private static bool IsTalk(Intent intent) => intent is Intent.SmallTalk or Intent.Feedback;

    /// <summary>Says in so many words that a ticket is wanted.</summary>
    [GeneratedRegex(@"\b(?:raise|open|create|log|file|make|submit|register|need|want)\b.{0,40}\b(?:tickets?|incidents?|bugs?|issues?|defects?|requests?|tasks?|cases?)\b|\b(?:ticket|incident|bug|task) (?:pls|plz|please)\b|\bplease (?:fix|assign|repair|replace)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Order();
}
