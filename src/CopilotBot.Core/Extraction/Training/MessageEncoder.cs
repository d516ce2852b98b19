using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Runs the network once over each message, one message a run, as many runs at once as there are cores.</summary>
internal static class MessageEncoder
{
    private const int ReportEvery = 1000;

    public static async Task<IReadOnlyList<EncodedMessage>> EncodeAsync(
        OnnxTokenTagger tagger, IReadOnlyList<LabelledMessage> messages, Action<string> report, CancellationToken cancellationToken)
    {
        var encoded = new EncodedMessage[messages.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, messages.Count, options, async (index, stop) =>
        {
            encoded[index] = new EncodedMessage(messages[index], await tagger.GetStatesAsync(messages[index].Text, stop));
            if (Interlocked.Increment(ref done) is var count && count % ReportEvery == 0)
            {
                report($"{count} of {messages.Count} messages read");
            }
        });
        return encoded;
    }
}
