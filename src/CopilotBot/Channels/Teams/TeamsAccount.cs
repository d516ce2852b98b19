using System.Text.Json;

namespace CopilotBot.Channels.Teams;

/// <param name="Id">"29:..." for a person, "28:..." for a bot; different for every bot that sees the person.</param>
/// <param name="ObjectId">The person's id in Entra; guests, connectors and other bots may have none.</param>
internal sealed record TeamsAccount(string Id, string Name, string? ObjectId)
{
    public static TeamsAccount Parse(JsonElement account) =>
        new(WireJson.Text(account, "id") ?? "", WireJson.Text(account, "name") ?? "", WireJson.Text(account, "aadObjectId"));
}
