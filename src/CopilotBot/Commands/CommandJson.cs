using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Commands;

/// <summary>JSON that the verbs print: for people and scripts, so umlauts stay umlauts.</summary>
[JsonSerializable(typeof(AskJson))]
[JsonSerializable(typeof(IndexStatsJson))]
[JsonSerializable(typeof(IReadOnlyList<FeedbackJson>))]
[JsonSerializable(typeof(Evaluation.AnswerReport))]
[JsonSerializable(typeof(Evaluation.RetrievalReport))]
[JsonSerializable(typeof(Evaluation.Messages.MessageReport))]
[JsonSerializable(typeof(ReadMessageJson))]
[JsonSerializable(typeof(IReadOnlyList<SourceLedgerJson>))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    public static CommandJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
