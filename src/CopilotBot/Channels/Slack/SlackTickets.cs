using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Channels.Tickets;
using CopilotBot.Conversations;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Slack;

/// <summary>What people do with the draft of a ticket in Slack. What the person who asked for it decides is stored before Slack is answered; others are looked up first.</summary>
internal sealed class SlackTickets(TicketPresses presses, SlackPeople people, SlackApi api, SlackErrands errands)
{
    /// <param name="action">One of <see cref="SlackAction.ConfirmTicket"/>, <see cref="SlackAction.EditTicket"/> and <see cref="SlackAction.CancelTicket"/>.</param>
    public string Take(SlackPress press, InboundTurn turn, string action)
    {
        if (action == SlackAction.EditTicket)
        {
            return Open(press, turn.Id);
        }

        var address = press.Renew(turn.Address);
        Decide(press, turn.Id, (who, identity) => action == SlackAction.ConfirmTicket ? presses.Confirm(turn.Id, who, identity, address) : presses.Cancel(turn.Id, who, identity, address));
        return "decided";
    }

    /// <summary>The answer to the one question of a draft.</summary>
    public string TakeField(SlackPress press, InboundTurn turn, string value)
    {
        if (presses.Find(turn.Id) is not { Wanted: { } wanted })
        {
            return "noted";
        }

        var form = wanted == TicketCompleteness.Kind ? TicketForm.Empty with { Kind = value } : new TicketForm(null, new Dictionary<string, IReadOnlyList<string>> { [wanted] = [value] });
        errands.Run(stop => SaveAsync(press, turn.Id, form, press.Renew(turn.Address), stop));
        return "saved";
    }

    public SlackTaken TakeForm(string kind, SlackPress press, JsonElement view)
    {
        if (WireJson.Words(view, "private_metadata") is not { } id || presses.Find(new TurnId(id)) is not { } draft)
        {
            return new SlackTaken(kind, "unattributed", new JsonObject { ["response_action"] = "update", ["view"] = SlackViews.Said(TicketReplies.Unknown) });
        }

        var form = Read(WireJson.Property(WireJson.Property(view, "state"), "values"));
        if (form.FindProblems(draft) is { Count: > 0 } problems)
        {
            return new SlackTaken(kind, "refused", new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject(problems.Select(problem => KeyValuePair.Create(problem.Key, (JsonNode?)problem.Value))) });
        }

        errands.Run(stop => SaveAsync(press, draft.Id, form, null, stop));
        return new SlackTaken(kind, "saved");
    }

    /// <summary>The trigger lasts three seconds.</summary>
    private string Open(SlackPress press, TurnId id)
    {
        errands.Run(async stop =>
        {
            var (who, identity) = await WhoAsync(press, id, stop);
            if (presses.FindObstacle(id, who, identity) is { } obstacle)
            {
                Tell(press, obstacle);
            }
            else if (presses.Find(id) is { } draft)
            {
                await api.CallAsync(press.Workspace, "views.open", new JsonObject { ["trigger_id"] = press.Trigger, ["view"] = SlackTicketRenderer.Form(draft) }, stop);
            }
        });
        return "opened";
    }

    private void Decide(SlackPress press, TurnId id, Func<ChannelUser, UserIdentity?, string?> decide)
    {
        if (IsRequester(press, id))
        {
            Tell(press, decide(SlackPeople.UserOf(press.Workspace, press.User), null));
        }
        else
        {
            errands.Run(async stop =>
            {
                var (who, identity) = await WhoAsync(press, id, stop);
                Tell(press, decide(who, identity));
            });
        }
    }

    private async Task SaveAsync(SlackPress press, TurnId id, TicketForm form, string? address, CancellationToken cancellationToken)
    {
        var (who, identity) = await WhoAsync(press, id, cancellationToken);
        Tell(press, await presses.SaveAsync(id, who, identity, form, address, cancellationToken));
    }

    private bool IsRequester(SlackPress press, TurnId id) => presses.Find(id)?.Requester == SlackPeople.UserOf(press.Workspace, press.User).Id;

    /// <summary>Who asked for it needs no look-up.</summary>
    private async Task<(ChannelUser Who, UserIdentity? Identity)> WhoAsync(SlackPress press, TurnId id, CancellationToken cancellationToken) =>
        (SlackPeople.UserOf(press.Workspace, press.User), IsRequester(press, id) ? null : await IdentifyAsync(press, cancellationToken));

    private Task<UserIdentity> IdentifyAsync(SlackPress press, CancellationToken cancellationToken) =>
        people.FindAsync(new SlackAddress(press.Workspace, press.Channel, Thread: null, press.User, SlackPlace.Personal), cancellationToken);

    /// <summary>Said to the person alone, where Slack gives a way to.</summary>
    private void Tell(SlackPress press, string? words)
    {
        if (words is not null && press.ResponseUrl is { } url)
        {
            errands.Run(stop => api.RespondAsync(url, new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = SlackPlain.Escape(words) }, stop));
        }
    }

    /// <summary>state.values: by block, by action (§1.5).</summary>
    private static TicketForm Read(JsonElement values)
    {
        string? kind = null;
        var read = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var block in values.ValueKind == JsonValueKind.Object ? values.EnumerateObject() : default)
        {
            var input = WireJson.Property(block.Value, block.Name);
            var chosen = WireJson.Text(WireJson.Property(input, "selected_option"), "value");
            if (block.Name == SlackAction.TicketKind)
            {
                kind = chosen;
                continue;
            }

            read[block.Name] = WireJson.Text(input, "type") switch
            {
                "static_select" => chosen is null ? [] : [chosen],
                "multi_static_select" => [.. WireJson.Items(input, "selected_options").Select(option => WireJson.Text(option, "value") ?? "")],
                "datepicker" => WireJson.Text(input, "selected_date") is { } date ? [date] : [],
                _ => WireJson.Text(input, "value") is { Length: > 0 } text ? [text] : [],
            };
        }

        return new TicketForm(kind, read);
    }
}
