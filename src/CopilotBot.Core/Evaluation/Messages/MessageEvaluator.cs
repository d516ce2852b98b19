using System.Diagnostics;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Prompted;
using CopilotBot.Inference;

namespace CopilotBot.Evaluation.Messages;

/// <summary>Reads the messages of a set one after the other and scores what was read.</summary>
public static class MessageEvaluator
{
    /// <summary>Messages read before the clock runs, so that loading and compiling are no latency.</summary>
    private const int WarmUp = 20;

    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    public static async Task<MessageReport> RunAsync(MessageReader reader, IReadOnlyList<LabelledMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var message in messages.Take(WarmUp))
        {
            await reader.ReadAsync(message.Text, cancellationToken);
        }

        List<ReadMessage> read = [];
        foreach (var message in messages)
        {
            var begun = Stopwatch.GetTimestamp();
            var reading = await reader.ReadAsync(message.Text, cancellationToken);
            read.Add(Judge(message, reading, reader.ReadsTickets, Stopwatch.GetElapsedTime(begun)));
        }

        return MessageScoring.Score(read) with { Engine = "small" };
    }

    /// <summary>A message that the model gives no reading of counts as read wrongly.</summary>
    /// <param name="prices">Per million tokens in and out; null for none.</param>
    public static async Task<MessageReport> RunAsync(PromptedMessageReader reader, IReadOnlyList<LabelledMessage> messages, (double Input, double Output)? prices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(messages);
        List<ReadMessage> read = [];
        List<PromptedReading> readings = [];
        foreach (var message in messages)
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                var reading = await reader.ReadWithCostAsync(message.Text, cancellationToken);
                readings.Add(reading);
                read.Add(Judge(message, reading.Text, ofTickets: true, Stopwatch.GetElapsedTime(begun)));
            }
            catch (ModelException)
            {
                read.Add(new ReadMessage(message, "", false, [], Stopwatch.GetElapsedTime(begun).TotalMilliseconds));
            }
        }

        return MessageScoring.Score(read) with { Engine = "llm", Cost = CostOf(readings, prices, messages.Count) };
    }

    private static ReadMessage Judge(LabelledMessage message, TaggedText reading, bool ofTickets, TimeSpan took)
    {
        var intent = ofTickets ? IntentNames.NameOf(IntentRouter.Route(message.Text, reading).Intent) : reading.Intents[0].Intent;
        return new ReadMessage(message, intent, reading.IsOutOfScope || intent == IntentNames.NameOf(Intent.OutOfScope), [.. reading.Spans.Select(span => (span.Label, span.Span))], took.TotalMilliseconds);
    }

    private static ModelCost CostOf(List<PromptedReading> readings, (double Input, double Output)? prices, int asked)
    {
        var input = readings.Sum(reading => reading.InputTokens) / (double)Math.Max(1, readings.Count);
        var output = readings.Sum(reading => reading.OutputTokens) / (double)Math.Max(1, readings.Count);
        return new ModelCost(input, output, prices is { } price ? ((input * price.Input) + (output * price.Output)) / 1000 : null, readings.Sum(reading => reading.Dropped), asked - readings.Count);
    }
}
