using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>What one call is answered: JSON, a redirect, or bytes.</summary>
internal sealed record Outcome(int Status, JsonNode? Body = null, string? Location = null, byte[]? Bytes = null)
{
    public static Outcome Error(int status, string title) => new(status, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["status"] = status, ["code"] = "ERROR", ["title"] = title }) });
}

/// <summary>Thrown where a call breaks a rule.</summary>
internal sealed class RuleException(string rule, string source, string detail, int status = 400) : Exception(detail)
{
    public RuleViolation Violation { get; } = new(rule, source, detail);

    public int Status { get; } = status;
}

/// <summary>Thrown where there is nothing: no rule is broken by asking.</summary>
internal sealed class NotThereException(int status = 404) : Exception("Not found")
{
    public int Status { get; } = status;
}
