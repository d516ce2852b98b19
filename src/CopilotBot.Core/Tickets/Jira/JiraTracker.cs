using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tickets.Jira;

/// <summary>Jira Cloud or Data Center as the settings say. Nothing outside of the projects named there is read or written.</summary>
public sealed class JiraTracker : ITicketTracker, IDisposable
{
    private readonly TicketOptions _options;
    private readonly JiraSchemaReader _schema;
    private readonly JiraCreation _creation;
    private readonly JiraChange _change;

    /// <param name="clients">Gives a client that follows no redirect and repeats nothing; its own time limit is above half a minute.</param>
    public JiraTracker(Func<HttpClient> clients, IOptions<TicketOptions> options, IOptions<TicketSecrets> secrets, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        var http = new JiraHttp(clients, options, secrets, time, loggers.CreateLogger<JiraHttp>());
        _schema = new JiraSchemaReader(http, options, time, loggers.CreateLogger<JiraSchemaReader>());
        _creation = new JiraCreation(http, new JiraPeople(http, _options.Flavour), _options);
        _change = new JiraChange(http, new JiraComments(http, _options), _options);
    }

    public Task<TicketSchema> GetSchemaAsync(CancellationToken cancellationToken) => _schema.GetAsync(cancellationToken);

    public Task<TrackerReply> WriteAsync(TicketDraft draft, CancellationToken cancellationToken) => ForeignProject(draft) is { } foreign ? Task.FromResult(foreign)
        : draft.Action == TicketAction.Create ? _creation.WriteAsync(draft, cancellationToken) : _change.WriteAsync(draft, cancellationToken);

    public Task<TrackerReply> FindAsync(TicketDraft draft, CancellationToken cancellationToken) => ForeignProject(draft) is { } foreign ? Task.FromResult(foreign)
        : draft.Action == TicketAction.Create ? _creation.FindAsync(draft, cancellationToken) : _change.FindAsync(draft, cancellationToken);

    public void Dispose() => _schema.Dispose();

    /// <returns>A refusal where the draft's project is none of the settings; null otherwise.</returns>
    private TrackerReply? ForeignProject(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var project = draft.Action == TicketAction.Create ? draft.Project : TicketKeys.ProjectOf(draft.TicketKey);
        return project is not null && _options.Projects.Contains(project) ? null
            : JiraReplies.Refused($"Tickets of {project ?? "this project"} are not for the bot to write: an administrator has to name the project in Tickets:Projects.");
    }
}
