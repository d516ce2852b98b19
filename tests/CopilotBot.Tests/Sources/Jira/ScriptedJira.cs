using System.Net;
using System.Text;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sources.Http;
using CopilotBot.Sources.Jira;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>A site that answers what a test wrote down, by the beginning of path and query below the root of its edition; anything else is 404.</summary>
internal sealed class ScriptedJira(SourceEdition edition) : HttpMessageHandler
{
    public static SourceName Name { get; } = new("tickets");

    private readonly List<(string Start, Func<string, (int Status, string Body)> Answer)> _answers = [];

    public List<string> Calls { get; } = [];

    private string Root => edition == SourceEdition.Cloud ? "/rest/api/3" : "/rest/api/2";

    /// <summary>Replaces what was written down for the same beginning.</summary>
    public ScriptedJira On(string start, string body, int status = 200) => On(start, _ => (status, body));

    /// <param name="answer">From the body of the call, or its query where it has none.</param>
    public ScriptedJira On(string start, Func<string, (int Status, string Body)> answer)
    {
        _answers.RemoveAll(known => known.Start == start);
        _answers.Add((start, answer));
        return this;
    }

    public JiraSource ToSource(params string[] scopes)
    {
        var connection = new SourceConnection { Site = new Uri("https://halvorne.example"), Edition = edition, Scopes = scopes };
        var http = new SourceHttp(() => new HttpClient(this, disposeHandler: false), connection.Site, new TokenCredential("", "token"), new SourceLimiter(TimeProvider.System), TimeProvider.System, NullLogger<SourceHttp>.Instance);
        return new JiraSource(Name, connection, http, TimeProvider.System, NullLogger.Instance, (name, _, _, _) => Task.FromResult(new AttachmentText(new StructuredText($"Text of {name}", [], []), null)));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri?.PathAndQuery ?? "";
        var call = asked.StartsWith(Root, StringComparison.Ordinal) ? asked[Root.Length..] : asked;
        var body = request.Content is null ? Uri.UnescapeDataString(asked) : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add($"{call} {(request.Content is null ? "" : body)}".Trim());
        var known = _answers.Where(answer => call.StartsWith(answer.Start, StringComparison.Ordinal)).OrderByDescending(answer => answer.Start.Length).FirstOrDefault();
        var (status, text) = known.Answer?.Invoke(body) ?? (404, "{}");
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
