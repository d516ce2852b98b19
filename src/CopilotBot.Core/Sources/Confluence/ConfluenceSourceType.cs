using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence;

/// <summary>Confluence Cloud and Data Center.</summary>
public sealed class ConfluenceSourceType(SourceClients clients, ReadAttachment readAttachment, TimeProvider time) : ILiveSourceType
{
    public string Type => "confluence";

    public ILiveSource Create(SourceName name, SourceConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var http = clients.Create(name, connection);
        return new ConfluenceSource(name, connection, connection.Edition == SourceEdition.Cloud ? new CloudConfluence(http) : new DataCenterConfluence(http, time), readAttachment, time);
    }

    public WebhookHint ReadWebhook(SourceName name, JsonElement body) => ConfluenceWebhook.Read(name, body);
}
