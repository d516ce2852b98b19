using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Conversations;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>
/// Who the people of a conversation are to the sources (facts/slack.md §8). Only full members of an allowed workspace with a confirmed address in an allowed domain
/// are anybody; guests, people of other organisations and everybody else read what anyone may read (architecture decision 10).
/// </summary>
internal sealed partial class SlackPeople(SlackApi api, SlackInstallations installations, AccessFilter access, IOptions<SlackOptions> options, ILogger<SlackPeople> logger, TimeProvider time)
{
    private const int PageSize = 200;

    private const int AtOnce = 4;

    private const int Tries = 3;

    private const double LongestWait = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly UserIdentity Staff = new(null, "staff", IsStaff: true);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, Profile Profile)> _profiles = new();

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<string>? Members)> _rosters = new();

    /// <summary>Ids of Slack's people are lasting; the workspace keeps those of two organisations apart.</summary>
    public static ChannelUser UserOf(string workspace, string user) => new($"{workspace}/{user}", "");

    /// <summary>Somebody joined or left.</summary>
    public void Forget(string workspace, string channel) => _rosters.TryRemove($"{workspace}/{channel}", out _);

    public void ForgetPerson(string workspace, string user) => _profiles.TryRemove($"{workspace}/{user}", out _);

    public async Task<UserIdentity> FindAsync(SlackAddress address, CancellationToken cancellationToken) =>
        address.User is { } user && await ProfileAsync(address.Workspace, user, cancellationToken) is { } profile ? Identify(profile) : UserIdentity.Public;

    /// <summary>
    /// Everybody who can see what is written in the conversation. Too many, or a list that cannot be read: all staff. A channel that other organisations are in is
    /// answered from what anyone may read.
    /// </summary>
    public async Task<IReadOnlyList<UserIdentity>> FindAudienceAsync(SlackAddress address, CancellationToken cancellationToken)
    {
        if (address.IsExternal)
        {
            return [UserIdentity.Public];
        }

        if (await MembersAsync(address.Workspace, address.Channel, cancellationToken) is not { } members)
        {
            return [Staff];
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

    private TimeSpan Validity => TimeSpan.FromSeconds(options.Value.MembersCachedSeconds);

    /// <returns>Null where there are too many, or they cannot be read.</returns>
    private async Task<IReadOnlyList<string>?> MembersAsync(string workspace, string channel, CancellationToken cancellationToken)
    {
        var (key, now) = ($"{workspace}/{channel}", time.GetUtcNow());
        if (_rosters.TryGetValue(key, out var known) && known.Until > now)
        {
            return known.Members;
        }

        List<string> members = [];
        var cursor = "";
        do
        {
            var reply = await api.CallAsync(
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
        Trim(_rosters);
        _rosters[key] = (now + Validity, found);
        return found;
    }

    private async Task<Profile?> ProfileAsync(string workspace, string user, CancellationToken cancellationToken)
    {
        var (key, now) = ($"{workspace}/{user}", time.GetUtcNow());
        if (_profiles.TryGetValue(key, out var known) && known.Until > now)
        {
            return known.Profile;
        }

        var reply = await api.CallAsync(workspace, "users.info", new JsonObject { ["user"] = user }, cancellationToken);
        for (var again = 1; again < Tries && reply.Result.Status is SendStatus.TryAgain or SendStatus.Unknown && reply.Result.Wait is not { TotalSeconds: > LongestWait }; again++)
        {
            // Who is not known for now would read less than they may: that is worth a wait.
            await Task.Delay(reply.Result.Wait ?? Pause, time, cancellationToken);
            reply = await api.CallAsync(workspace, "users.info", new JsonObject { ["user"] = user }, cancellationToken);
        }

        if (!reply.IsOk)
        {
            Log.Unknown(logger, reply.Result.Reason);
            return null;
        }

        var profile = Profile.Parse(WireJson.Property(reply.Body, "user"), workspace);
        Trim(_profiles);
        _profiles[key] = (now + Validity, profile);
        return profile;
    }

    private UserIdentity Identify(Profile profile)
    {
        if (!profile.IsFullMember || !profile.Teams.Any(options.Value.AllowedTeams.Contains) || profile.Email is not { } address || !IsAllowedDomain(address))
        {
            return UserIdentity.Public;
        }

        return access.FindPersonByAddress(address) is { } person ? new UserIdentity(person.Id, person.DisplayName, IsStaff: true) : new UserIdentity(null, "staff", IsStaff: true);
    }

    private bool IsAllowedDomain(string address) => address.Split('@') is [_, var domain] && options.Value.EmailDomains.Contains(domain, StringComparer.OrdinalIgnoreCase);

    /// <summary>Bounded without bookkeeping: what is lost is asked for again.</summary>
    private static void Trim<T>(ConcurrentDictionary<string, T> cache)
    {
        if (cache.Count > 5000)
        {
            cache.Clear();
        }
    }

    /// <param name="IsFullMember">Of the workspace or organisation of the install, a person, active, neither guest nor stranger, and with a confirmed address.</param>
    /// <param name="Teams">Ids that the list of allowed ones may name: of the workspaces and the organisation.</param>
    private sealed record Profile(bool IsFullMember, bool IsBot, bool IsDeleted, IReadOnlyList<string> Teams, string? Email)
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
                !isBot && !isLess && teams.Contains(workspace), isBot, WireJson.IsTrue(user, "deleted"), teams, WireJson.Words(WireJson.Property(user, "profile"), "email")?.Trim());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A person of Slack could not be looked up ({Reason}) and reads what anyone may read.")]
        public static partial void Unknown(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "The members of a conversation could not be read ({Reason}); it is answered from what all staff may read.")]
        public static partial void NoMembers(ILogger logger, string reason);
    }
}
