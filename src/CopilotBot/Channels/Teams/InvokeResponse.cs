using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Teams;

/// <summary>What an invoke is answered with: the body is the payload itself (facts/teams.md §2.4).</summary>
/// <param name="Body">Null means an empty object.</param>
internal sealed record InvokeResponse(int Status, JsonObject? Body)
{
    public static InvokeResponse Empty { get; } = new(StatusCodes.Status200OK, null);

    public static InvokeResponse Ok(JsonObject body) => new(StatusCodes.Status200OK, body);
}
