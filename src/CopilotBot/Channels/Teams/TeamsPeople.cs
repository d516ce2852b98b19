using CopilotBot.Channels.Teams.Connector;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams;

/// <summary>
/// Who the people of a conversation are to the sources. Only members of an allowed tenant with an address in an allowed domain are anybody; guests and
/// everybody else read what anyone may read (architecture decision 10).
/// </summary>
internal sealed partial class TeamsPeople(
    ConnectorClient connector, IChannelStore store, ChannelPeople people, IOptions<TeamsOptions> options, ILogger<TeamsPeople> logger, TimeProvider time)
{
    private readonly ExpiringCache<(IReadOnlyList<Member> Members, bool IsComplete)> _rosters = new(time);

    private readonly ExpiringCache<Member> _members = new(time);

    /// <summary>The member list changed.</summary>
    public void Forget(TeamsConversation conversation) => _rosters.Forget(conversation.BaseId);

    /// <summary>One person, also where the bot is not a member of the conversation: then by the personal chat that it has with them.</summary>
    public async Task<UserIdentity> FindAsync(TeamsAddress address, CancellationToken cancellationToken)
    {
        if (address.UserId is not { Length: > 0 } user)
        {
            return UserIdentity.Public;
        }

        if (_members.TryGet(user, out var known))
        {
            return Identify(known, address.Tenant);
        }

        var member = (await connector.GetMemberAsync(address.ServiceUrl, TeamsConversation.BaseOf(address.ConversationId), user, cancellationToken)).Value;
        if (member is null && FindPersonal(address) is { } personal && personal.ConversationId != address.ConversationId)
        {
            member = (await connector.GetMemberAsync(personal.ServiceUrl, personal.ConversationId, user, cancellationToken)).Value;
        }

        if (member is null)
        {
            Log.Unknown(logger);
            return UserIdentity.Public;
        }

        _members.Set(user, member, Validity);
        return Identify(member, address.Tenant);
    }

    /// <summary>Everybody who can see what is written in the conversation. Too many, or a list that cannot be read: all staff, and the least of those who were seen.</summary>
    public async Task<IReadOnlyList<UserIdentity>> FindAudienceAsync(TeamsAddress address, CancellationToken cancellationToken)
    {
        var conversation = TeamsConversation.BaseOf(address.ConversationId);
        if (!_rosters.TryGet(conversation, out var roster))
        {
            var read = (await connector.GetMembersAsync(address.ServiceUrl, conversation, options.Value.MaximumAudience, cancellationToken)).Value;
            roster = (read?.Members ?? [], read is { IsComplete: true, Members.Count: > 0 });
            if (roster.Members.Count > 0)
            {
                _rosters.Set(conversation, roster, Validity);
            }
            else
            {
                Log.NoRoster(logger);
            }
        }

        var readers = roster.Members.Select(member => Identify(member, address.Tenant)).Distinct().ToList();
        return roster.IsComplete ? readers : [ChannelPeople.Staff, .. readers.Where(person => !person.IsStaff)];
    }

    private TimeSpan Validity => TimeSpan.FromSeconds(options.Value.MembersCachedSeconds);

    private UserIdentity Identify(Member member, string? conversationTenant)
    {
        var tenant = member.TenantId ?? conversationTenant;
        var address = new[] { member.Email, member.UserPrincipalName }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return !IsAllowedTenant(tenant) || IsGuest(member) ? UserIdentity.Public : people.Identify(address, options.Value.EmailDomains, member.Name ?? "staff");
    }

    /// <summary>Without a list only for the Playground, which has no tenant of ours.</summary>
    private bool IsAllowedTenant(string? tenant) =>
        options.Value.AllowedTenants.Count == 0 ? options.Value.Anonymous : options.Value.AllowedTenants.Contains(tenant ?? "", StringComparer.OrdinalIgnoreCase);

    private static bool IsGuest(Member member) =>
        member.Role is not (null or "" or "user" or "owner") || member.UserPrincipalName?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) == true;

    private TeamsAddress? FindPersonal(TeamsAddress address) => store.GetConversations(TeamsAdapter.Name)
        .Where(known => known.Kind == TeamsConversation.Personal && known.User?.Id == UserOf(address.ObjectId, address.UserId ?? "") && known.Tenant == address.Tenant)
        .Select(known => TeamsAddress.Parse(known.Address)).FirstOrDefault();

    /// <summary>What lasts of a person: the id in Entra, else the one that this bot sees.</summary>
    public static string UserOf(string? objectId, string userId) => string.IsNullOrEmpty(objectId) ? userId : objectId;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A person of Teams could not be looked up and reads what anyone may read.")]
        public static partial void Unknown(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "The members of a conversation could not be read; it is answered from what all staff may read.")]
        public static partial void NoRoster(ILogger logger);
    }
}
