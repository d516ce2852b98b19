using System.Text.Json.Serialization;

namespace CopilotBot.Evaluation.Reports;

/// <summary>Stored reports as they are read again.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnswerReport))]
[JsonSerializable(typeof(RetrievalReport))]
[JsonSerializable(typeof(ReportSettings))]
internal sealed partial class ReportJson : JsonSerializerContext;
