using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Reading people, channels and threads (facts §2, §8); called under the platform's lock.</summary>
internal sealed class DirectoryApi(PlatformState state, RateLimits limits)
{
    private const int CommercialObjects = 15;

    /// <summary>The app is sold outside the Marketplace: conversations.history and replies give 15 objects once a minute (facts §4.3).</summary>
    public bool IsCommercial { get; set; }

    public Outcome AuthTest(ApiCall call)
    {
        var workspace = state.Directory.Workspaces.First(one => one.Install == call.Install);
        return Outcome.Ok(new()
        {
            ["url"] = $"https://{workspace.Domain}.slack.example/",
            ["team"] = workspace.Name,
            ["user"] = "copilot",
            ["team_id"] = call.Install.IsEnterprise ? call.Install.Key : workspace.TeamId,
            ["user_id"] = call.Install.BotUserId,
            ["bot_id"] = call.Install.BotId,
            ["app_id"] = SlackPlatform.TheAppId,
            ["enterprise_id"] = workspace.EnterpriseId,
            ["is_enterprise_install"] = call.Install.IsEnterprise,
        });
    }

    public Outcome UserInfo(ApiCall call)
    {
        if (state.Directory.FindUser(call.Arguments.Text("user")) is not { } user)
        {
            return Outcome.Fail("user_not_found");
        }

        var profile = new JsonObject { ["real_name"] = user.Name, ["display_name"] = user.Name };
        if (user.Email is not null && call.Install.Scopes.Contains("users:read.email"))
        {
            profile["email"] = user.Email;
        }

        var json = new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.TeamId,
            ["name"] = user.Name.ToLowerInvariant().Replace(' ', '.'),
            ["real_name"] = user.Name,
            ["deleted"] = user.IsDeleted,
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = user.IsAppUser,
            ["is_restricted"] = user.IsRestricted,
            ["is_ultra_restricted"] = user.IsUltraRestricted,
            ["is_email_confirmed"] = user.IsEmailConfirmed,
            ["tz"] = "Europe/Berlin",
            ["locale"] = "en-GB",
            ["profile"] = profile,
        };
        if (user.IsStranger)
        {
            json["is_stranger"] = true;
        }

        if (user.EnterpriseId is not null)
        {
            json["enterprise_user"] = new JsonObject
            {
                ["id"] = user.Id,
                ["enterprise_id"] = user.EnterpriseId,
                ["teams"] = new JsonArray([.. state.Directory.Workspaces.Where(one => one.EnterpriseId == user.EnterpriseId).Select(one => (JsonNode)one.TeamId)]),
            };
        }

        return Outcome.Ok(new() { ["user"] = json });
    }

    public Outcome Open(ApiCall call)
    {
        if (call.Arguments.Filled("channel") is { } id)
        {
            return state.Directory.FindChannel(id, call.Install) is { } known ? Opened(known) : Outcome.Fail("channel_not_found");
        }

        var users = (call.Arguments.Text("users") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (users is not [var only])
        {
            return Outcome.Fail(users.Length == 0 ? "users_list_not_supplied" : "too_many_users");
        }

        if (state.Directory.FindUser(only) is not { } user)
        {
            return Outcome.Fail("user_not_found");
        }

        var workspace = state.Directory.Workspaces.Find(one => one.Install == call.Install && one.TeamId == user.TeamId) ?? state.Directory.Workspaces.First(one => one.Install == call.Install);
        return user is { IsDeleted: false, IsBot: false } ? Opened(state.Directory.Direct(workspace, user)) : Outcome.Fail("cannot_dm_bot");
    }

    public Outcome Info(ApiCall call)
    {
        if (Find(call, "channel", "read", out var channel) is { } closed)
        {
            return closed;
        }

        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["is_channel"] = channel.Kind == SlackChannelKind.Public,
            ["is_group"] = channel.Kind == SlackChannelKind.Private,
            ["is_im"] = channel.Kind == SlackChannelKind.Direct,
            ["is_mpim"] = channel.Kind == SlackChannelKind.Group,
            ["is_private"] = channel.Kind != SlackChannelKind.Public,
            ["is_archived"] = channel.IsArchived,
            ["is_member"] = channel.HasBot,
            ["is_ext_shared"] = channel.IsExtShared,
            ["is_shared"] = channel.IsExtShared,
            ["is_org_shared"] = false,
            ["context_team_id"] = channel.Workspace.TeamId,
        };
        if (channel.Kind == SlackChannelKind.Direct)
        {
            json["user"] = channel.Members[0].Id;
        }
        else
        {
            json["name"] = channel.Name;
        }

        if (call.Arguments.Flag("include_num_members") == true)
        {
            json["num_members"] = MembersOf(channel).Count;
        }

        return Outcome.Ok(new() { ["channel"] = json });
    }

    public Outcome Members(ApiCall call)
    {
        if (Find(call, "channel", "read", out var channel) is { } closed)
        {
            return closed;
        }

        return Page(call, MembersOf(channel), 100, 1000, id => JsonValue.Create(id), "members");
    }

    /// <summary>The root first, then the replies, oldest first.</summary>
    public Outcome Replies(ApiCall call)
    {
        if (Find(call, "channel", "history", out var channel) is { } closed)
        {
            return closed;
        }

        if (!channel.HasBot)
        {
            return Outcome.Fail("not_in_channel");
        }

        if (channel.Find(call.Arguments.Text("ts") ?? "") is not { } root || (root.IsDeleted && !root.IsTombstone))
        {
            return Outcome.Fail("thread_not_found");
        }

        return History(call, [root, .. SlackDirectory.Replies(channel, root.Ts).Where(message => IsBetween(call, message))], 1000);
    }

    /// <summary>What is no reply, newest first.</summary>
    public Outcome History(ApiCall call)
    {
        if (Find(call, "channel", "history", out var channel) is { } closed)
        {
            return closed;
        }

        var shown = channel.Posted.Where(message => message is { ThreadTs: null, EphemeralTo: null } && (!message.IsDeleted || message.IsTombstone) && IsBetween(call, message));
        return channel.HasBot ? History(call, [.. shown.Reverse()], 999) : Outcome.Fail("not_in_channel");
    }

    private Outcome History(ApiCall call, IReadOnlyList<MessageState> messages, int most)
    {
        if (IsCommercial && limits.Take($"{call.Seen.Method} of a commercial app", call.Install.Key, 1) is { } wait)
        {
            return Outcome.Limited(wait);
        }

        var hasMetadata = call.Arguments.Flag("include_all_metadata") == true;
        return Page(call, messages, IsCommercial ? CommercialObjects : 100, IsCommercial ? CommercialObjects : most, message => MessageJson.Of(message, call.Install, hasMetadata), "messages");
    }

    private static bool IsBetween(ApiCall call, MessageState message)
    {
        var isInclusive = call.Arguments.Flag("inclusive") == true;
        return IsPast(message.Ts, call.Arguments.Filled("oldest"), isInclusive) && IsPast(call.Arguments.Filled("latest"), message.Ts, isInclusive);
    }

    /// <summary>A limit that is not given limits nothing.</summary>
    private static bool IsPast(string? ts, string? limit, bool isInclusive) => ts is null || limit is null
        || decimal.Parse(ts, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(limit, CultureInfo.InvariantCulture)) >= (isInclusive ? 0 : 1);

    private Outcome Page<T>(ApiCall call, IReadOnlyList<T> all, int usual, int most, Func<T, JsonNode?> write, string name)
    {
        var size = call.Arguments.Number("limit") ?? usual;
        if (size is < 1 || size > most)
        {
            if (size < 1 || !IsCommercial)
            {
                return state.Refusal(Finding.Refuse("invalid_limit", "page-limit", "§2", $"limit is 1 to {most}."))!;
            }

            size = most;
        }

        var start = 0;
        if (call.Arguments.Filled("cursor") is { } cursor && !(cursor.StartsWith("next:", StringComparison.Ordinal) && int.TryParse(cursor[5..], out start) && start <= all.Count))
        {
            return state.Refusal(Finding.Refuse("invalid_cursor", "cursor", "§2", "The cursor is not one that was given."))!;
        }

        var hasMore = start + size < all.Count;
        return Outcome.Ok(new()
        {
            [name] = new JsonArray([.. all.Skip(start).Take(size).Select(write)]),
            ["has_more"] = hasMore,
            ["response_metadata"] = new JsonObject { ["next_cursor"] = hasMore ? $"next:{start + size}" : "" },
        });
    }

    private Outcome? Find(ApiCall call, string argument, string scope, out SlackChannel channel)
    {
        channel = state.Directory.FindChannel(call.Arguments.Text(argument), call.Install)!; // null is answered below
        if (channel is null)
        {
            return Outcome.Fail("channel_not_found");
        }

        var needed = $"{channel.ScopePrefix}:{scope}";
        return call.Install.Scopes.Contains(needed) ? null : WebApi.MissingScope(call.Install, needed);
    }

    private static List<string> MembersOf(SlackChannel channel) => [.. channel.Members.Select(member => member.Id), .. channel.HasBot ? [channel.Workspace.BotUserId] : Array.Empty<string>()];

    private static Outcome Opened(SlackChannel channel) => Outcome.Ok(new() { ["channel"] = new JsonObject { ["id"] = channel.Id } });
}
