using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>
/// Who the people of a conversation are to the sources (facts/slack.md §8). Only full members of an allowed workspace with a confirmed address in an allowed domain
/// are anybody; guests, people of other organisations and everybody else read what anyone may read (architecture decision 10).
/// </summary>
internal sealed partial class SlackPeople(SlackApi api, SlackInstallations installations, ChannelPeople known, IOptions<SlackOptions> options, ILogger<SlackPeople> logger, TimeProvider time)
{
    private const int PageSize = 200;

    private const int AtOnce = 4;

    private readonly ExpiringCache<Profile> _profiles = new(time);

    private readonly ExpiringCache<IReadOnlyList<string>?> _rosters = new(time);

    /// <summary>Ids of Slack's people are lasting; the workspace keeps those of two organisations apart.</summary>
    public static ChannelUser UserOf(string workspace, string user) => new($"{workspace}/{user}", "");

    /// <summary>Somebody joined or left.</summary>
    public void Forget(string workspace, string channel) => _rosters.Forget($"{workspace}/{channel}");

    public void ForgetPerson(string workspace, string user) => _profiles.Forget($"{workspace}/{user}");

    public async Task<UserIdentity> FindAsync(SlackAddress address, CancellationToken cancellationToken) =>
        address.User is { } user && await ProfileAsync(address.Workspace, user, cancellationToken) is { } profile ? Identify(profile) : UserIdentity.Public;

    /// <summary>
    /// Everybody who can see what is written in the conversation. Too many, or a list that cannot be read: all staff. A channel that other organisations are in, or may be
    /// in, is answered from what anyone may read.
    /// </summary>
    public async Task<IReadOnlyList<UserIdentity>> FindAudienceAsync(SlackAddress address, CancellationToken cancellationToken)
    {
        if (address.IsExternal)
        {
            return [UserIdentity.Public];
        }

        if (await MembersAsync(address.Workspace, address.Channel, cancellationToken) is not { } members)
        {
            return [await IsOwnAsync(address, cancellationToken) ? ChannelPeople.Staff : UserIdentity.Public];
        }

        var bot = (await installations.FindAsync(address.Workspace, cancellationToken))?.BotUserId;
        using var slots = new SemaphoreSlim(AtOnce);
        var people = await Task.WhenAll(members.Where(user => user != bot).Select(async user =>
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                var profile = await ProfileAsync(address.Workspace, user, cancellationToken);
                return profile is { IsBot: true } or { IsDeleted: true } ? null : profile is null ? UserIdentity.Public : Identify(profile);
            }
            finally
            {
                slots.Release();
            }
        }));
        return [.. people.OfType<UserIdentity>().Distinct()];
    }

    /// <summary>Of the person's clock; null where it cannot be looked up.</summary>
    public async Task<TimeSpan?> FindUtcOffsetAsync(SlackAddress address, CancellationToken cancellationToken) =>
        address.User is { } user ? (await ProfileAsync(address.Workspace, user, cancellationToken))?.UtcOffset : null;

    private TimeSpan Validity => TimeSpan.FromSeconds(options.Value.MembersCachedSeconds);

    /// <returns>Null where there are too many, or they cannot be read.</returns>
    private async Task<IReadOnlyList<string>?> MembersAsync(string workspace, string channel, CancellationToken cancellationToken)
    {
        var key = $"{workspace}/{channel}";
        if (_rosters.TryGet(key, out var remembered))
        {
            return remembered;
        }

        List<string> members = [];
        var cursor = "";
        do
        {
            var reply = await api.ReadAsync(
                workspace, "conversations.members", new JsonObject { ["channel"] = channel, ["limit"] = PageSize, ["cursor"] = cursor.Length > 0 ? cursor : null }, cancellationToken);
            if (!reply.IsOk)
            {
                Log.NoMembers(logger, reply.Result.Reason);
                return null;
            }

            members.AddRange(WireJson.Items(reply.Body, "members").Where(member => member.ValueKind == JsonValueKind.String).Select(member => member.GetString()!)); // a string
            var next = WireJson.Text(WireJson.Property(reply.Body, "response_metadata"), "next_cursor") ?? "";
            cursor = next == cursor ? "" : next;
        }
        while (cursor.Length > 0 && members.Count <= options.Value.MaximumAudience);

        // Nobody at all is a list that was not read.
        IReadOnlyList<string>? found = members.Count == 0 || members.Count > options.Value.MaximumAudience ? null : members;
        _rosters.Set(key, found, Validity);
        return found;
    }

    /// <summary>Commands and buttons do not tell whether their channel is shared with another organisation, events do.</summary>
    private async Task<bool> IsOwnAsync(SlackAddress address, CancellationToken cancellationToken)
    {
        var reply = await api.ReadAsync(address.Workspace, "conversations.info", new JsonObject { ["channel"] = address.Channel }, cancellationToken);
        var channel = WireJson.Property(reply.Body, "channel");
        return reply.IsOk && channel.ValueKind == JsonValueKind.Object && !WireJson.IsTrue(channel, "is_ext_shared") && !WireJson.IsTrue(channel, "is_pending_ext_shared");
    }

    private async Task<Profile?> ProfileAsync(string workspace, string user, CancellationToken cancellationToken)
    {
        var key = $"{workspace}/{user}";
        if (_profiles.TryGet(key, out var remembered))
        {
            return remembered;
        }

        var reply = await api.ReadAsync(workspace, "users.info", new JsonObject { ["user"] = user }, cancellationToken);
        if (!reply.IsOk)
        {
            Log.Unknown(logger, reply.Result.Reason);
            return null;
        }

        var profile = Profile.Parse(WireJson.Property(reply.Body, "user"), workspace);
        _profiles.Set(key, profile, Validity);
        return profile;
    }

    private UserIdentity Identify(Profile profile) =>
        profile.IsFullMember && profile.Teams.Any(options.Value.AllowedTeams.Contains) ? known.Identify(profile.Email, options.Value.EmailDomains, "staff") : UserIdentity.Public;

    /// <param name="IsFullMember">Of the workspace or organisation of the install, a person, active, neither guest nor stranger, and with a confirmed address.</param>
    /// <param name="Teams">Ids that the list of allowed ones may name: of the workspaces and the organisation.</param>
    private sealed record Profile(bool IsFullMember, bool IsBot, bool IsDeleted, IReadOnlyList<string> Teams, string? Email, TimeSpan? UtcOffset)
    {
        public static Profile Parse(JsonElement user, string workspace)
        {
            var grid = WireJson.Property(user, "enterprise_user");
            List<string> teams = [.. WireJson.Items(grid, "teams").Select(team => team.GetString() ?? "")];
            foreach (var id in new[] { WireJson.Words(user, "team_id"), WireJson.Words(grid, "enterprise_id") }.OfType<string>())
            {
                teams.Add(id);
            }

            var isBot = WireJson.IsTrue(user, "is_bot") || WireJson.IsTrue(user, "is_app_user") || WireJson.Text(user, "id") == "USLACKBOT";
            var isLess = WireJson.IsTrue(user, "deleted") || WireJson.IsTrue(user, "is_stranger") || WireJson.IsTrue(user, "is_restricted") || WireJson.IsTrue(user, "is_ultra_restricted")
                || WireJson.Property(user, "is_email_confirmed").ValueKind == JsonValueKind.False;
            return new Profile(
                !isBot && !isLess && teams.Contains(workspace), isBot, WireJson.IsTrue(user, "deleted"), teams, WireJson.Words(WireJson.Property(user, "profile"), "email")?.Trim(), OffsetOf(user));
        }
    }

    /// <summary>tz_offset: seconds; at most fourteen hours.</summary>
    private static TimeSpan? OffsetOf(JsonElement user) =>
        WireJson.Property(user, "tz_offset") is { ValueKind: JsonValueKind.Number } offset && offset.TryGetInt32(out var seconds) && seconds % 60 == 0 && Math.Abs(seconds) <= 14 * 3600 ? TimeSpan.FromSeconds(seconds) : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A person of Slack could not be looked up ({Reason}) and reads what anyone may read.")]
        public static partial void Unknown(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "The members of a conversation could not be read ({Reason}); it is answered from what all staff may read, or from what anyone may where others may be in it.")]
        public static partial void NoMembers(ILogger logger, string reason);
    }
}
