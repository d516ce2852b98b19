using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>
/// Who may read what: a set is allowed when each of its layers is known and holds one of the reader's principals. Whatever is unknown (person, layer, set)
/// denies. A change of access counts from the first call after it.
/// </summary>
public sealed class AccessFilter(IAccessStore access)
{
    private volatile AccessSnapshot? _snapshot;

    /// <summary>Sets that the person may read.</summary>
    public AllowedSets GetAllowed(UserIdentity user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Current().GetAllowed(user);
    }

    /// <summary>Sets that every member of the audience may read; none for an empty audience.</summary>
    public AllowedSets GetAllowed(IReadOnlyCollection<UserIdentity> audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var snapshot = Current();
        return AllowedSets.Intersect([.. audience.Select(snapshot.GetAllowed)]);
    }

    /// <summary>The check on what is about to be shown.</summary>
    public bool MayRead(UserIdentity user, DocumentHeader document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return GetAllowed(user).Contains(document.AccessSet);
    }

    /// <summary>The accounts that the person has at a source: more than one where several people there share their address.</summary>
    public IReadOnlyList<string> GetAccounts(UserIdentity user, SourceName source)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Current().GetAccounts(user, source);
    }

    /// <summary>Whether everybody with access to the document's source may read it: each of its layers lets all of them in.</summary>
    public bool IsOpen(DocumentHeader document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Current().IsOpen(document.AccessSet, document.Id.Source);
    }

    /// <summary>Finds a person by id, account id, e-mail address or display name, whatever the case; null when nobody is called that.</summary>
    /// <exception cref="FormatException">Several people are: the message lists their ids.</exception>
    public Person? FindPerson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var wanted = text.Trim();
        if (wanted.Length == 0)
        {
            return null;
        }

        var people = access.GetPeople();
        foreach (var key in (Func<Person, string?>[])[person => person.Id, person => person.AccountId, person => person.Email?.Trim(), person => person.DisplayName])
        {
            var matches = people.Where(person => string.Equals(key(person), wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (matches.Count > 0)
            {
                return IsOnePerson(matches)
                    ? matches[0]
                    : throw new FormatException($"'{wanted}' names several people: use one of the ids {string.Join(", ", matches.Select(match => match.Id))}.");
            }
        }

        return null;
    }

    /// <summary>The person with this e-mail address and nothing else of that look; null when nobody has it.</summary>
    public Person? FindPersonByAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return access.GetPeople().FirstOrDefault(person => string.Equals(person.Email?.Trim(), address.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOnePerson(List<Person> matches) =>
        matches.Count == 1 || matches.All(match => AccessSnapshot.Address(match) is { } address && address == AccessSnapshot.Address(matches[0]));

    private AccessSnapshot Current()
    {
        while (true)
        {
            var generation = access.Generation;
            if (_snapshot is { } snapshot && snapshot.Generation == generation)
            {
                return snapshot;
            }

            // Old layers with new people could let somebody in whom neither state would, so what changed while it was read is read again.
            snapshot = new AccessSnapshot(generation, access.GetLayers(), access.GetSets(), access.GetPeople());
            if (access.Generation == generation)
            {
                return _snapshot = snapshot;
            }
        }
    }
}
