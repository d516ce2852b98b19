using System.Globalization;

namespace CopilotBot.FakeTeams;

/// <summary>Members and teams (facts §1.8); called under the connector's lock.</summary>
internal sealed class RosterApi(TimeProvider time, TeamsDirectory directory, ViolationLog violations)
{
    private const int LargestPage = 500;
    private const string NextPrefix = "after-";

    private readonly RateWindows _reads = new(time, RateWindows.Reads);
    private readonly RateWindows _oldReads = new(time, RateWindows.OldMembers);

    public Outcome GetMember(string conversationId, string userId)
    {
        if (Enter(conversationId, out var conversation) is { } closed)
        {
            return closed;
        }

        return conversation.Members.FirstOrDefault(member => member.Id == userId) is { } found
            ? new(200, Describe(found))
            : Outcome.Error(404, "MemberNotFoundInConversation", "The person is not in the conversation.");
    }

    public Outcome GetPagedMembers(string conversationId, IReadOnlyDictionary<string, string> query)
    {
        if (Enter(conversationId, out var conversation) is { } closed)
        {
            return closed;
        }

        var start = 0;
        var isSized = query.TryGetValue("pageSize", out var asked);
        var size = LargestPage;
        if ((isSized && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestPage))
            || (query.TryGetValue("continuationToken", out var token) && !(token.StartsWith(NextPrefix, StringComparison.Ordinal)
                && int.TryParse(token.AsSpan(NextPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out start))))
        {
            return Refuse(Finding.BadSyntax("page", "§1.8", "pageSize or continuationToken is wrong."));
        }

        List<object> members = [.. conversation.Members.Skip(start).Take(size).Select(Describe)];
        var next = start + members.Count;
        return new(200, next < conversation.Members.Count ? new { continuationToken = $"{NextPrefix}{next}", members } : new { members });
    }

    /// <summary>The old list: throttled, and the object id goes by another name (facts §2.1).</summary>
    public Outcome GetMembers(string conversationId)
    {
        if (Enter(conversationId, out var conversation) is { } closed)
        {
            return closed;
        }

        if (_oldReads.Take(conversation.Whole.Id) is { } full)
        {
            return Throttle("members-rate", "§1.8", full);
        }

        return new(200, conversation.Members.Select(member => new { id = member.Id, name = member.Name, objectId = member.AadObjectId, email = member.Email, userPrincipalName = member.UserPrincipalName, tenantId = member.TenantId }));
    }

    public Outcome GetTeam(string teamId) => directory.FindTeam(teamId) is { } team
        ? new(200, new { id = team.Id, name = team.Name, aadGroupId = team.AadGroupId, channelCount = team.Channels.Count, memberCount = team.Members.Count })
        : UnknownTeam(teamId);

    /// <summary>General has no name and the team's id.</summary>
    public Outcome GetTeamChannels(string teamId) => directory.FindTeam(teamId) is { } team
        ? new(200, new { conversations = team.Channels.Select(channel => new { id = channel.Id, name = channel.Name }) })
        : UnknownTeam(teamId);

    private static object Describe(TeamsUser user) => new
    {
        id = user.Id,
        name = user.Name,
        aadObjectId = user.AadObjectId,
        email = user.Email,
        userPrincipalName = user.UserPrincipalName,
        userRole = user.UserRole,
        tenantId = user.TenantId,
    };

    private Outcome? Enter(string conversationId, out TeamsConversation conversation)
    {
        conversation = directory.Find(conversationId)!;
        if (conversation is null)
        {
            return Refuse(Finding.Refuse("conversation-unknown", "§1.7", 404, "ConversationNotFound", $"Conversation {conversationId} not found."));
        }

        if (!directory.HasApp(conversation))
        {
            return Outcome.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        }

        return _reads.Take(conversation.Whole.Id) is { } full ? Throttle("read-rate", "§2.6", full) : null;
    }

    private Outcome Throttle(string rule, string facts, (TimeSpan Wait, int Calls, TimeSpan Window) full)
    {
        var detail = $"More than {full.Calls} reads in {full.Window.TotalSeconds} s in one conversation.";
        violations.Add(rule, facts, detail);
        return Outcome.Error(429, "TooManyRequests", detail, full.Wait);
    }

    private Outcome UnknownTeam(string teamId) => Refuse(Finding.Refuse("team-unknown", "§1.8", 404, "NotFound", $"There is no team {teamId}."));

    private Outcome Refuse(Finding finding)
    {
        violations.Add(finding.Violation);
        return Outcome.Of(finding);
    }
}
