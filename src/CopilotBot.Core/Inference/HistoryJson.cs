using System.Text.Json.Serialization;

namespace CopilotBot.Inference;

[JsonSerializable(typeof(int[]))]
internal sealed partial class HistoryJson : JsonSerializerContext;
