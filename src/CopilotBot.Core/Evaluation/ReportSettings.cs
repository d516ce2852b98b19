using System.Text.Json;

namespace CopilotBot.Evaluation;

/// <summary>What a report was made with. Kept as it was written: a stored report must not be read as if it had today's defaults.</summary>
/// <param name="Encoder">Fingerprint of the network.</param>
public sealed record ReportSettings(JsonElement Retrieval, JsonElement Index, string Encoder, bool CrossEncoder);
