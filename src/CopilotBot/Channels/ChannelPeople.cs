using CopilotBot.Conversations;
using CopilotBot.Retrieval;

namespace CopilotBot.Channels;

/// <summary>Who somebody is to the sources whom a platform vouches for (architecture decision 10).</summary>
internal sealed class ChannelPeople(AccessFilter access)
{
    /// <summary>All staff, where nobody is known in particular.</summary>
    public static UserIdentity Staff { get; } = new(null, "staff", IsStaff: true);

    /// <param name="address">Confirmed by the platform; null where it has none.</param>
    /// <param name="domains">Only an address in one of these identifies anybody.</param>
    /// <param name="name">Of who is in no source.</param>
    public UserIdentity Identify(string? address, IEnumerable<string> domains, string name) =>
        address?.Trim().Split('@') is not [_, var domain] || !domains.Contains(domain, StringComparer.OrdinalIgnoreCase) ? UserIdentity.Public
        : access.FindPersonByAddress(address) is { } person ? new UserIdentity(person.Id, person.DisplayName, IsStaff: true)
        : Staff with { DisplayName = name };
}
