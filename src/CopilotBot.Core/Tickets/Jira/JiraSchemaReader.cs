using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tickets.Jira;

/// <summary>
/// What the projects of the settings want to know about a new ticket, from create metadata. Read once for all who ask at the same time, and believed for a while;
/// while it cannot be read again, what was read last stays.
/// </summary>
internal sealed partial class JiraSchemaReader(JiraHttp http, IOptions<TicketOptions> options, TimeProvider time, ILogger<JiraSchemaReader> logger) : IDisposable
{
    private const int PageSize = 50;

    private const int MostPages = 40;

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _reading = new(1);

    private TicketSchema? _schema;

    private DateTimeOffset _until;

    /// <exception cref="TrackerException">Nothing could be read, now or before.</exception>
    public async Task<TicketSchema> GetAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_schema is null || time.GetUtcNow() >= _until)
            {
                _schema = await ReadAsync(cancellationToken);
                _until = time.GetUtcNow() + Validity;
            }

            return _schema;
        }
        catch (TrackerException exception) when (_schema is not null)
        {
            Log.Outdated(logger, exception.Message);
            return _schema;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<TicketSchema> ReadAsync(CancellationToken cancellationToken)
    {
        var projects = new List<TicketProject>();
        foreach (var key in options.Value.Projects)
        {
            var project = Take(await http.GetAsync($"project/{key}", JiraWire.Default.JiraProject, cancellationToken), key);
            projects.Add(new TicketProject(key, project.Name ?? key, await ReadTypesAsync(key, cancellationToken)));
        }

        return new TicketSchema(projects);
    }

    private async Task<IReadOnlyList<TicketType>> ReadTypesAsync(string project, CancellationToken cancellationToken)
    {
        var path = $"issue/createmeta/{project}/issuetypes";
        var types = new List<TicketType>();
        foreach (var type in await ReadPagesAsync(path, project, JiraWire.Default.JiraTypePage, page => (page.IssueTypes ?? page.Values, page.Total), cancellationToken))
        {
            // A subtask needs a parent, which a message does not have.
            if (type.Subtask)
            {
                continue;
            }

            var fields = await ReadPagesAsync($"{path}/{type.Id}", project, JiraWire.Default.JiraFieldPage, page => (page.Fields ?? page.Values, page.Total), cancellationToken);
            var read = new TicketType(type.Id, type.Name, [.. fields.Select(JiraFieldKinds.Read).OfType<TicketField>()]);
            if (read.Fields.FirstOrDefault(field => field is { Kind: TicketFieldKind.Unsupported, IsRequired: true, HasDefault: false }) is { } obstacle)
            {
                Log.LeftOut(logger, project, read.Name, obstacle.Name);
            }
            else
            {
                types.Add(read);
            }
        }

        return types;
    }

    private async Task<List<TItem>> ReadPagesAsync<TPage, TItem>(
        string path, string project, JsonTypeInfo<TPage> type, Func<TPage, (TItem[]? Items, int? Total)> read, CancellationToken cancellationToken)
        where TPage : class
    {
        var all = new List<TItem>();
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = Take(await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?startAt={all.Count}&maxResults={PageSize}"), type, cancellationToken), project);
            var (items, total) = read(page);
            all.AddRange(items ?? []);
            if (items is null or [] || all.Count >= total)
            {
                break;
            }
        }

        return all;
    }

    private static T Take<T>(JiraAnswer<T> answer, string project)
        where T : class => answer is { IsOk: true, Body: { } body } ? body : throw new TrackerException(JiraReplies.Describe(answer, project));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Tickets of type {Type} cannot be created in {Project} from a chat: the field {Field} is required there and cannot be filled. Give it a default in Jira, or make it optional.")]
        public static partial void LeftOut(ILogger logger, string project, string type, string field);

        [LoggerMessage(LogLevel.Warning, "The create metadata of Jira could not be read again, so what was read before is used: {Problem}")]
        public static partial void Outdated(ILogger logger, string problem);
    }
}
