using System.Text.Json;

namespace CopilotBot.Sources.Http;

/// <param name="Body">Undefined where the answer has none (204).</param>
/// <param name="HasNext">Whether the answer's Link header names a next page.</param>
public readonly record struct SourcePage(JsonElement Body, bool HasNext);
