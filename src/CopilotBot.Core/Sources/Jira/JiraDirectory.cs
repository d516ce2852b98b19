using CopilotBot.Sources.Http;
using CopilotBot.Sources.Jira.Api;

namespace CopilotBot.Sources.Jira;

/// <summary>What one reading of the access asked of the site, each thing once. What the account may not know is empty: it lets nobody in.</summary>
internal sealed class JiraDirectory(IJiraApi api, IReadOnlyList<ProjectRef> projects, IReadOnlyList<JiraPerson> people)
{
    private readonly Dictionary<string, ProjectRef> _projects = projects.DistinctBy(project => project.Id).ToDictionary(project => project.Id, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _accounts = people.SelectMany(person => person.Aliases.Select(alias => (alias, person.AccountId))).DistinctBy(pair => pair.alias).ToDictionary(pair => pair.alias, pair => pair.AccountId, StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<Holder>> _browsers = new(StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<Holder>> _levels = new(StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _roles = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Project, string Role), RoleActors> _actors = [];

    private readonly Dictionary<string, IReadOnlyList<string>> _applications = new(StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<string>> _members = new(StringComparer.Ordinal);

    public IReadOnlyList<JiraPerson> People { get; } = [.. people.DistinctBy(person => person.AccountId)];

    public IReadOnlyCollection<ProjectRef> Projects => _projects.Values;

    /// <summary>Security levels asked for so far.</summary>
    public IReadOnlyCollection<string> Levels => _levels.Keys;

    /// <summary>Custom fields that let somebody see an issue, as far as holders were asked for.</summary>
    public IReadOnlyList<string> CustomFields =>
        [.. _browsers.Values.Concat(_levels.Values).SelectMany(holders => holders).Where(holder => holder.Type is "userCustomField" or "groupCustomField").Select(holder => holder.Parameter).Distinct().Order(StringComparer.Ordinal)];

    public ProjectRef? FindProject(string id) => _projects.GetValueOrDefault(id);

    /// <summary>The one id of an account that may be named in several ways.</summary>
    public string AccountOf(string name) => _accounts.GetValueOrDefault(name, name);

    public Task<IReadOnlyList<Holder>> GetBrowsersAsync(ProjectRef project, CancellationToken cancellationToken) =>
        OnceAsync(_browsers, project.Id, [], () => api.GetBrowsersAsync(project, cancellationToken));

    public Task<IReadOnlyList<Holder>> GetLevelMembersAsync(string level, CancellationToken cancellationToken) =>
        OnceAsync(_levels, level, [], () => api.GetLevelMembersAsync(level, cancellationToken));

    /// <param name="role">Id or name.</param>
    public async Task<RoleActors> GetActorsAsync(ProjectRef project, string role, CancellationToken cancellationToken)
    {
        var roles = await OnceAsync(_roles, project.Id, new Dictionary<string, string>(), () => api.GetRolesAsync(project, cancellationToken));
        var id = roles.Values.Contains(role) ? role : roles.GetValueOrDefault(role);
        var nobody = new RoleActors([], []);
        return id is null ? nobody : await OnceAsync(_actors, (project.Id, id), nobody, () => api.GetActorsAsync(project, id, cancellationToken));
    }

    public Task<IReadOnlyList<string>> GetApplicationGroupsAsync(string role, CancellationToken cancellationToken) =>
        OnceAsync(_applications, role, [], () => api.GetApplicationGroupsAsync(role, cancellationToken));

    public Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken) =>
        OnceAsync(_members, group, [], () => api.GetMembersAsync(group, cancellationToken));

    private static async Task<T> OnceAsync<TKey, T>(Dictionary<TKey, T> known, TKey key, T unknown, Func<Task<T>> ask)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var answer))
        {
            return answer;
        }

        try
        {
            return known[key] = await ask();
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Forbidden or SourceFault.NotFound or SourceFault.Gone or SourceFault.Refused)
        {
            return known[key] = unknown;
        }
    }
}
