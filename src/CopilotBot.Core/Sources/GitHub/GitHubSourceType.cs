using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.GitHub.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.GitHub;

/// <summary>GitHub and GitHub Enterprise Server, whose root ends in /api/v3.</summary>
public sealed class GitHubSourceType(SourceClients clients, TimeProvider time) : ILiveSourceType
{
    public string Type => "github";

    public ILiveSource Create(SourceName name, SourceConnection connection) => new GitHubSource(name, connection, new GitHubApi(clients.Create(name, connection)), time);

    public WebhookHint ReadWebhook(SourceName name, JsonElement body) => GitHubWebhook.Parse(name, body);
}
