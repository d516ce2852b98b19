using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Http;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Sources.Jira;

public sealed class JiraSourceType(SourceClients clients, ReadAttachment readAttachment, TimeProvider time, ILoggerFactory loggers) : ILiveSourceType
{
    public string Type => "jira";

    public ILiveSource Create(SourceName name, SourceConnection connection) => new JiraSource(name, connection, clients.Create(name, connection), time, loggers.CreateLogger<JiraSource>(), readAttachment);

    public WebhookHint ReadWebhook(SourceName name, JsonElement body) => JiraWebhook.Parse(name, body);
}
