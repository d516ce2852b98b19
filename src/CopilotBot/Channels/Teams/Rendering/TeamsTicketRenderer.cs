using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>
/// A draft as a text that says what it is, and as long as it waits a card to change and confirm it. They are two messages: Teams would split one and tell no id (facts 2.6). Every input is
/// sent with every press; what is required is checked at the desk, so that a hidden input keeps nobody from pressing.
/// </summary>
internal static class TeamsTicketRenderer
{
    /// <summary>A form that held a part of a value would write that part over the whole: a longer one is left as it is.</summary>
    private const int LongestInput = 3000;

    private const int LongestLabel = 100;

    private const string FormId = "ticketForm";

    public static IReadOnlyList<JsonObject> Render(TicketDraft draft, AnswerFrame frame)
    {
        var message = new JsonObject { ["type"] = "message", ["textFormat"] = "markdown", ["text"] = Text(draft) };
        var text = TeamsAnswerRenderer.WithEntity(message, MessageEntity.Create(isGenerated: true, [], frame));
        return draft.State == TicketState.Open ? [text, CardJson.Message(TicketLines.Fit(size => Card(draft, size), CardJson.Fits), TicketLines.Heading(draft))] : [text];
    }

    private static string Text(TicketDraft draft)
    {
        List<string> parts = [$"**{TeamsMarkdown.Escape(TicketLines.Heading(draft))}**"];
        if (draft.State != TicketState.Open && TicketLines.Fields(draft, TicketLines.All) is { Count: > 0 } fields)
        {
            parts.Add(string.Join('\n', fields.Select(field => $"- {TeamsMarkdown.Escape($"{field.Name}: {field.Value}")}")));
        }

        if (draft is { Url: { } url, TicketKey: { } key })
        {
            parts.Add(TeamsMarkdown.Link($"Open {key}", url));
        }

        if (TicketText.Similar(draft) is { Length: > 0 } similar)
        {
            parts.Add(string.Join('\n', draft.Similar.Select(ticket => $"- {TeamsMarkdown.Link($"{ticket.Key} {PlainText.Title(ticket.Title)}", ticket.Url ?? "")}").Prepend(TeamsMarkdown.Escape(similar))));
        }

        if (TicketLines.Closing(draft) is { Length: > 0 } closing)
        {
            parts.Add(TeamsMarkdown.Escape(closing));
        }

        return string.Join("\n\n", parts);
    }

    private static JsonObject Card(TicketDraft draft, TicketSize size)
    {
        var body = new JsonArray(CardJson.Heading(TeamsMarkdown.Escape(TicketLines.Heading(draft))));
        foreach (var (name, value) in TicketLines.Fields(draft, size))
        {
            body.Add(CardJson.Text($"**{TeamsMarkdown.Escape(name)}**: {TeamsMarkdown.Escape(value)}"));
        }

        if (TicketLines.Wanted(draft) is { Length: > 0 } wanted)
        {
            body.Add(CardJson.Heading(TeamsMarkdown.Escape(wanted)));
        }

        body.Add(new JsonObject { ["type"] = "Container", ["id"] = FormId, ["isVisible"] = draft.Wanted is not null, ["items"] = Inputs(draft, size) });
        return CardJson.Card(
            body,
            CardJson.Execute(draft.Action == TicketAction.Create ? "Create" : "Change it", TeamsVerb.ConfirmTicket, Data(draft)),
            new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = "Edit", ["targetElements"] = new JsonArray(FormId) },
            CardJson.Execute("Save", TeamsVerb.SaveTicket, Data(draft)),
            CardJson.Execute("Cancel", TeamsVerb.CancelTicket, Data(draft)));
    }

    private static JsonObject Data(TicketDraft draft) => new() { [TeamsVerb.TurnKey] = draft.Id.Value };

    private static JsonArray Inputs(TicketDraft draft, TicketSize size)
    {
        if (draft.Action == TicketAction.Update)
        {
            JsonObject[] inputs = [Text(TicketCompleteness.Comment, "Comment", draft.Comment, isLong: true), Text(TicketCompleteness.Status, "Status", draft.Status, isLong: false)];
            return [.. inputs.Skip((draft.Comment?.Length ?? 0) > LongestOf(size) ? 1 : 0)];
        }

        var form = new JsonArray();
        if (draft.Choices.Count > 1 && size.HasMenus)
        {
            var kind = Choices("Kind of ticket", draft.Choices.Select(choice => (choice.Key, choice.Name)), TicketChoice.KeyOf(draft.Project, draft.Type?.Id), isMany: false);
            kind["id"] = TeamsVerb.KindKey;
            form.Add(kind);
        }

        // What has to be known first comes first, then what is known.
        var fields = (draft.Type?.Fields ?? [])
            .Where(field => field.Kind != TicketFieldKind.Unsupported && (draft.TextOf(field.Id)?.Length ?? 0) <= LongestOf(size) && (field.Allowed.Count == 0 || size.HasMenus))
            .OrderByDescending(field => field.Id == draft.Wanted).ThenByDescending(field => field.IsRequired || draft.TextOf(field.Id) is not null);
        foreach (var field in fields.Take(size.Fields))
        {
            form.Add(InputOf(field, draft.Fields.FirstOrDefault(value => value.Field == field.Id)));
        }

        return form;
    }

    private static int LongestOf(TicketSize size) => Math.Min(LongestInput, size.Value * 5);

    private static JsonObject InputOf(TicketField field, FieldValue? value)
    {
        var name = PlainText.Clip(field.Name, LongestLabel);
        var label = field.IsRequired ? $"{name} (required)" : name;
        switch (field.Kind)
        {
            case TicketFieldKind.Choice or TicketFieldKind.Choices when field.Allowed.Count > 0:
                var isMany = field.Kind == TicketFieldKind.Choices;
                var choices = Choices(label, field.Allowed.Select(allowed => (allowed.Id, allowed.Name)), value is null ? null : string.Join(',', value.Ids), isMany);
                choices["id"] = $"{TeamsVerb.FieldPrefix}{field.Id}{(isMany ? TeamsVerb.Many : "")}";
                return choices;
            case TicketFieldKind.Date:
                var date = new JsonObject { ["type"] = "Input.Date", ["id"] = $"{TeamsVerb.FieldPrefix}{field.Id}", ["label"] = label };
                if (value is not null)
                {
                    date["value"] = value.Text;
                }

                return date;
            default:
                return Text(field.Id, label, value?.Text, field.Kind == TicketFieldKind.LongText);
        }
    }

    private static JsonObject Text(string field, string label, string? value, bool isLong)
    {
        var input = new JsonObject { ["type"] = "Input.Text", ["id"] = $"{TeamsVerb.FieldPrefix}{field}", ["label"] = label, ["isMultiline"] = isLong, ["maxLength"] = LongestInput };
        if (!string.IsNullOrEmpty(value))
        {
            input["value"] = value;
        }

        return input;
    }

    private static JsonObject Choices(string label, IEnumerable<(string Value, string Title)> choices, string? chosen, bool isMany)
    {
        var set = new JsonObject
        {
            ["type"] = "Input.ChoiceSet",
            ["label"] = label,
            ["isMultiSelect"] = isMany,
            ["choices"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["title"] = PlainText.Clip(choice.Title, LongestLabel), ["value"] = choice.Value })]),
        };
        if (!string.IsNullOrEmpty(chosen))
        {
            set["value"] = chosen;
        }

        return set;
    }
}
