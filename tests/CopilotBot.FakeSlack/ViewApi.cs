using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Modals and App Homes (facts §1.5, §3); called under the platform's lock.</summary>
internal sealed class ViewApi(PlatformState state)
{
    private const int MostPushed = 3;
    private static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, (string UserId, DateTimeOffset Until, bool IsUsed)> _triggers = [];
    private readonly Dictionary<string, ShownView> _homes = [];
    private readonly List<ShownView> _open = [];
    private int _hashes;

    public IReadOnlyList<ShownView> OpenOf(string userId) => [.. _open.Where(view => view.UserId == userId)];

    public ShownView? HomeOf(string userId) => _homes.GetValueOrDefault(userId);

    public ShownView? Find(string id) => _open.Find(view => view.Id == id);

    public void Close(string id) => _open.RemoveAll(view => view.Id == id);

    public void CloseAll(string userId) => _open.RemoveAll(view => view.UserId == userId);

    public string NewTrigger(string userId)
    {
        var id = $"{_triggers.Count + 1}.{state.Now.ToUnixTimeMilliseconds()}.fake";
        _triggers[id] = (userId, state.Now + TriggerLife, false);
        return id;
    }

    public Outcome Open(ApiCall call)
    {
        if (Trigger(call, out var userId) is { } refused)
        {
            return refused;
        }

        _open.RemoveAll(view => view.UserId == userId);
        return Show(call, userId);
    }

    public Outcome Push(ApiCall call)
    {
        if (Trigger(call, out var userId) is { } refused)
        {
            return refused;
        }

        return OpenOf(userId).Count >= MostPushed ? Outcome.Fail("push_limit_reached") : Show(call, userId);
    }

    public Outcome Update(ApiCall call)
    {
        var (id, external) = (call.Arguments.Filled("view_id"), call.Arguments.Filled("external_id"));
        if (_open.Find(view => id is not null ? view.Id == id : external is not null && view.View.Text("external_id") == external) is not { } before)
        {
            return Outcome.Fail("not_found");
        }

        if (call.Arguments.Filled("hash") is { } hash && hash != before.Hash)
        {
            return Outcome.Fail("hash_conflict");
        }

        return Check(call, BlockSurface.Modal) ?? Answer(Replace(before, call.Arguments.Json("view")!.Value)); // Check refused a call without it
    }

    public Outcome Publish(ApiCall call)
    {
        if (state.Directory.FindUser(call.Arguments.Text("user_id")) is not { } user)
        {
            return Outcome.Fail("user_not_found");
        }

        if (Check(call, BlockSurface.Home) is { } refused)
        {
            return refused;
        }

        if (call.Arguments.Filled("hash") is { } hash && HomeOf(user.Id) is { } before && before.Hash != hash)
        {
            return Outcome.Fail("hash_conflict");
        }

        return Answer(_homes[user.Id] = new(HomeOf(user.Id)?.Id ?? state.Directory.NextId('V'), NextHash(), user.Id, call.Arguments.Json("view")!.Value)); // Check refused a call without it
    }

    /// <summary>The view that a view_submission is answered with (facts §1.5); what breaks a rule is shown all the same, so that a test sees it.</summary>
    public void ShowAnswer(ShownView submitted, string action, JsonElement view)
    {
        state.Violations.AddAll(CheckView(view, BlockSurface.Modal));
        if (action == "update")
        {
            Replace(submitted, view);
        }
        else
        {
            _open.Add(new(state.Directory.NextId('V'), NextHash(), submitted.UserId, view));
        }
    }

    /// <summary>The view object of answers and interactions.</summary>
    public static JsonObject Json(ShownView view, string teamId)
    {
        var json = (JsonObject)view.View.ToNode()!; // Check let only objects in
        (json["id"], json["hash"], json["team_id"], json["app_id"]) = (view.Id, view.Hash, teamId, SlackPlatform.TheAppId);
        json["callback_id"] ??= "";
        json["private_metadata"] ??= "";
        json["state"] = new JsonObject { ["values"] = new JsonObject() };
        return json;
    }

    private Outcome? Trigger(ApiCall call, out string userId)
    {
        userId = "";
        if (call.Arguments.Filled("trigger_id") is not { } id || !_triggers.TryGetValue(id, out var trigger))
        {
            return state.Refusal(Finding.Refuse("invalid_trigger_id", "trigger", "§1.5", "The trigger_id is none that was given."))!;
        }

        if (trigger.IsUsed)
        {
            return state.Refusal(Finding.Refuse("exchanged_trigger_id", "trigger-used", "§1.5", "A trigger_id is used once."))!;
        }

        if (state.Now >= trigger.Until)
        {
            return state.Refusal(Finding.Refuse("expired_trigger_id", "trigger-late", "§1.5", "A trigger_id lives 3 s."))!;
        }

        if (Check(call, BlockSurface.Modal) is { } refused)
        {
            return refused;
        }

        (userId, _triggers[id]) = (trigger.UserId, trigger with { IsUsed = true });
        return null;
    }

    private Outcome? Check(ApiCall call, BlockSurface surface) => call.Arguments.Json("view") is { ValueKind: JsonValueKind.Object } view
        ? state.Refusal(CheckView(view, surface))
        : state.Refusal(Finding.Refuse("invalid_arguments", "view", "§3", "A view is required."));

    private static IEnumerable<Finding> CheckView(JsonElement view, BlockSurface surface)
    {
        var type = surface == BlockSurface.Modal ? "modal" : "home";
        if (view.Text("type") != type)
        {
            yield return Bad("view-type", $"The type must be {type}.");
        }

        if (view.Text("private_metadata")?.Length > 3000)
        {
            yield return Bad("view-metadata", "private_metadata has more than 3000 characters.");
        }

        if (view.Text("callback_id")?.Length > 255)
        {
            yield return Bad("view-callback", "callback_id has more than 255 characters.");
        }

        List<Finding> parts = [.. BlockRules.Check(view.Get("blocks") ?? default, surface)];
        if (surface == BlockSurface.Modal)
        {
            parts.AddRange(BlockRules.PlainText(view.Get("title"), 24, "view-title", "/title"));
            parts.AddRange(view.Get("submit") is { } submit ? BlockRules.PlainText(submit, 24, "view-submit", "/submit") : []);
            parts.AddRange(view.Get("close") is { } close ? BlockRules.PlainText(close, 24, "view-close", "/close") : []);
            if (view.Get("submit") is null && view.List("blocks").Any(block => block.Text("type") == "input"))
            {
                yield return Bad("view-submit", "A view with an input block needs submit.");
            }
        }

        foreach (var finding in parts)
        {
            yield return finding with { Error = "invalid_arguments" };
        }
    }

    private static Finding Bad(string rule, string detail) => Finding.Refuse("invalid_arguments", rule, "§3", detail);

    private Outcome Show(ApiCall call, string userId)
    {
        var view = new ShownView(state.Directory.NextId('V'), NextHash(), userId, call.Arguments.Json("view")!.Value); // Trigger refused a call without it
        _open.Add(view);
        return Answer(view);
    }

    private ShownView Replace(ShownView before, JsonElement view)
    {
        var after = before with { Hash = NextHash(), View = view };
        _open[_open.FindIndex(one => one.Id == before.Id)] = after;
        return after;
    }

    private Outcome Answer(ShownView view) => Outcome.Ok(new() { ["view"] = Json(view, state.Directory.FindUser(view.UserId)?.TeamId ?? "") });

    private string NextHash() => $"{state.Now.ToUnixTimeSeconds()}.{(++_hashes).ToString(CultureInfo.InvariantCulture)}";
}
