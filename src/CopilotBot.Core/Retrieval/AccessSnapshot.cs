using System.Collections.Concurrent;
using System.Collections.Frozen;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>Who may read what in one access generation, with the answers given so far.</summary>
internal sealed class AccessSnapshot(
    long generation, IReadOnlyList<AccessLayer> layers, IReadOnlyDictionary<AccessSetId, IReadOnlyList<LayerId>> sets, IReadOnlyList<Person> people)
{
    private const int MaximumCached = 1000;

    private readonly ConcurrentDictionary<string, AllowedSets> _cache = new();

    private readonly FrozenDictionary<LayerId, FrozenSet<Principal>> _layers = layers.ToFrozenDictionary(layer => layer.Id, layer => layer.Principals.ToFrozenSet());

    private readonly FrozenDictionary<string, Person> _people = people.ToFrozenDictionary(person => person.Id, StringComparer.Ordinal);

    private readonly ILookup<string, Person> _byAddress = people.Where(person => Address(person) is not null).ToLookup(person => Address(person)!); // the null ones are left out

    public long Generation { get; } = generation;

    /// <summary>The person's address as records of several sources are matched by it, or null: people without one are never the same person.</summary>
    public static string? Address(Person person) => string.IsNullOrWhiteSpace(person.Email) ? null : person.Email.Trim().ToUpperInvariant();

    public AllowedSets GetAllowed(UserIdentity user)
    {
        var principals = PrincipalsOf(user);
        var key = string.Join('\n', principals.Select(principal => principal.Value).Order(StringComparer.Ordinal));
        if (_cache.TryGetValue(key, out var cached))
        {
            return cached;
        }

        if (_cache.Count >= MaximumCached)
        {
            _cache.Clear();
        }

        var passed = _layers.Where(layer => layer.Value.Overlaps(principals)).Select(layer => layer.Key).ToHashSet();
        return _cache[key] = new AllowedSets(sets.Where(set => set.Value.Count > 0 && set.Value.All(passed.Contains)).Select(set => set.Key));
    }

    public IReadOnlyList<string> GetAccounts(UserIdentity user, SourceName source)
    {
        if (user.PersonId is null || !_people.TryGetValue(user.PersonId, out var self))
        {
            return [];
        }

        var records = Address(self) is { } address ? _byAddress[address] : [self];
        return [.. records.Where(person => person.Id == $"{source}:{person.AccountId}").Select(person => person.AccountId).Distinct(StringComparer.Ordinal)];
    }

    public bool IsOpen(AccessSetId set, SourceName source)
    {
        Principal[] everybody = [Principal.Anyone, Principal.Licensed, Principal.LicensedAt(source)];
        return sets.TryGetValue(set, out var names) && names.Count > 0 && names.All(name => _layers.TryGetValue(name, out var principals) && principals.Overlaps(everybody));
    }

    private HashSet<Principal> PrincipalsOf(UserIdentity user)
    {
        HashSet<Principal> principals = [Principal.Anyone];
        if (user.PersonId is null)
        {
            if (user.IsStaff)
            {
                principals.Add(Principal.Licensed);
            }
        }
        else if (_people.TryGetValue(user.PersonId, out var self))
        {
            // Whoever is named and not known (any more) holds nothing, whatever a channel says of them.
            principals.Add(Principal.Licensed);
            principals.UnionWith(self.Principals);
            principals.UnionWith(Address(self) is { } address ? _byAddress[address].SelectMany(person => person.Principals) : []);
        }

        return principals;
    }
}
