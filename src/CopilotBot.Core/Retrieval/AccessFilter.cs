using System.Collections.Concurrent;
using System.Collections.Frozen;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>
/// Who may read what: a set is allowed when each of its layers is known and holds one of the reader's principals. Whatever is unknown (person, layer, set)
/// denies. Answers are cached for one access generation.
/// </summary>
public sealed class AccessFilter(IAccessStore access)
{
    private const int MaximumCached = 1000;

    private readonly ConcurrentDictionary<string, AllowedSets> _cache = new();

    private volatile Snapshot? _snapshot;

    /// <summary>Sets that the person may read.</summary>
    public AllowedSets GetAllowed(UserIdentity user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var snapshot = Current();
        var principals = PrincipalsOf(user, snapshot);
        var key = $"{snapshot.Generation}\n{string.Join('\n', principals.Select(principal => principal.Value).Order(StringComparer.Ordinal))}";
        if (_cache.TryGetValue(key, out var cached))
        {
            return cached;
        }

        if (_cache.Count >= MaximumCached)
        {
            _cache.Clear();
        }

        return _cache[key] = new AllowedSets(snapshot.Sets.Where(set => set.Value.Count > 0 && set.Value.All(layer =>
            snapshot.Layers.TryGetValue(layer, out var holders) && holders.Overlaps(principals))).Select(set => set.Key));
    }

    /// <summary>Sets that every member of the audience may read; none for an empty audience.</summary>
    public AllowedSets GetAllowed(IReadOnlyCollection<UserIdentity> audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        return AllowedSets.Intersect([.. audience.Select(GetAllowed)]);
    }

    /// <summary>The check on what is about to be shown.</summary>
    public bool MayRead(UserIdentity user, DocumentHeader document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return GetAllowed(user).Contains(document.AccessSet);
    }

    /// <summary>Finds a person by id, account id, e-mail address or display name, whatever the case; null when nobody is called that.</summary>
    /// <exception cref="FormatException">Several people are: the message lists their ids.</exception>
    public Person? FindPerson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var people = access.GetPeople();
        foreach (var key in (Func<Person, string?>[])[person => person.Id, person => person.AccountId, person => person.Email, person => person.DisplayName])
        {
            var matches = people.Where(person => string.Equals(key(person), text.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            if (matches.Count > 0)
            {
                return matches.Count == 1 || matches.All(match => match.Email is not null && SameAddress(match.Email, matches[0].Email))
                    ? matches[0]
                    : throw new FormatException($"'{text}' names several people: use one of the ids {string.Join(", ", matches.Select(match => match.Id))}.");
            }
        }

        return null;
    }

    private static bool SameAddress(string? left, string? right) =>
        left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Records of several sources with the same e-mail address are one person.</summary>
    private static HashSet<Principal> PrincipalsOf(UserIdentity user, Snapshot snapshot)
    {
        HashSet<Principal> principals = [Principal.Anyone];
        if (user.IsStaff)
        {
            principals.Add(Principal.Licensed);
        }

        if (user.PersonId is { } id && snapshot.People.FirstOrDefault(person => person.Id == id) is { } self)
        {
            principals.UnionWith(snapshot.People.Where(person => person.Id == id || SameAddress(person.Email, self.Email)).SelectMany(person => person.Principals));
        }

        return principals;
    }

    private Snapshot Current()
    {
        var generation = access.Generation;
        if (_snapshot is { } snapshot && snapshot.Generation == generation)
        {
            return snapshot;
        }

        // Read after the generation: what changes in between is read again with the next call.
        snapshot = new Snapshot(
            generation,
            access.GetLayers().ToDictionary(layer => layer.Id, layer => layer.Principals.ToFrozenSet()),
            access.GetSets(),
            access.GetPeople());
        _cache.Clear();
        _snapshot = snapshot;
        return snapshot;
    }

    private sealed record Snapshot(
        long Generation, Dictionary<LayerId, FrozenSet<Principal>> Layers, IReadOnlyDictionary<AccessSetId, IReadOnlyList<LayerId>> Sets, IReadOnlyList<Person> People);
}
