using CopilotBot.Inference;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Extraction.Prompted;

/// <summary>Asks the language model where the small one is unsure; where that fails, the small one's reading stands.</summary>
/// <param name="line">Probability of the likeliest intent below which the language model is asked.</param>
public sealed partial class FallbackMessageReader(IMessageReader small, IMessageReader large, double line, ILogger<FallbackMessageReader> logger) : IMessageReader
{
    public async Task<TaggedText> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var reading = await small.ReadAsync(text, cancellationToken);
        if (reading.Intents[0].Probability >= line)
        {
            return reading;
        }

        try
        {
            return await large.ReadAsync(text, cancellationToken);
        }
        catch (ModelException exception)
        {
            Log.Failed(logger, exception.Message);
            return reading;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A message was read without the language model: {Problem}")]
        public static partial void Failed(ILogger logger, string problem);
    }
}
