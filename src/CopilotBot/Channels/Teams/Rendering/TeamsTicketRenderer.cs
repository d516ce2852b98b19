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
    private const int LongestValue = 600;

    private const int LongestInput = 3000;

    /// <summary>Inputs beyond these would make the card too large to be shown; they are filled in in the tracker.</summary>
    private const int MostInputs = 20;

    private const string FormId = "ticketForm";

    public static IReadOnlyList<JsonObject> Render(Answer answer, TicketDraft draft, AnswerFrame frame)
    {
        var message = new JsonObject { ["type"] = "message", ["textFormat"] = "markdown", ["text"] = Text(draft) };
        var text = TeamsAnswerRenderer.WithEntity(message, MessageEntity.Create(isGenerated: true, [], frame));
        return draft.State == TicketState.Open ? [text, CardJson.Message(Card(draft), answer.Text.Split('\n')[0])] : [text];
    }

    private static string Text(TicketDraft draft)
    {
        List<string> parts = [$"**{TeamsMarkdown.Escape(TicketText.Heading(draft))}**"];
        if (draft.State != TicketState.Open && TicketText.Fields(draft) is { Count: > 0 } fields)
        {
            parts.Add(string.Join('\n', fields.Select(field => $"- {TeamsMarkdown.Escape($"{field.Name}: {PlainText.Clip(field.Value, LongestValue)}")}")));
        }

        if (draft is { Url: { } url, TicketKey: { } key })
        {
            parts.Add(TeamsMarkdown.Link($"Open {key}", url));
        }

        if (TicketText.Similar(draft) is { Length: > 0 } similar)
        {
            parts.Add(string.Join('\n', draft.Similar.Select(ticket => $"- {TeamsMarkdown.Link($"{ticket.Key} {ticket.Title}", ticket.Url ?? "")}").Prepend(TeamsMarkdown.Escape(similar))));
        }

        if (TicketText.Closing(draft) is { Length: > 0 } closing)
        {
            parts.Add(TeamsMarkdown.Escape(closing));
        }

        return string.Join("\n\n", parts);
    }

    private static JsonObject Card(TicketDraft draft)
    {
        var card = Write(draft, MostInputs);
        for (var inputs = MostInputs - 1; !CardJson.Fits(card) && inputs >= 0; inputs--)
        {
            card = Write(draft, inputs);
        }

        return card;
    }

    private static JsonObject Write(TicketDraft draft, int mostInputs)
    {
        var body = new JsonArray(CardJson.Heading(TeamsMarkdown.Escape(TicketText.Heading(draft))));
        foreach (var (name, value) in TicketText.Fields(draft))
        {
            body.Add(CardJson.Text($"**{TeamsMarkdown.Escape(name)}**: {TeamsMarkdown.Escape(PlainText.Clip(value, LongestValue))}"));
        }

        var form = new JsonObject { ["type"] = "Container", ["id"] = FormId, ["isVisible"] = draft.Wanted is not null, ["items"] = Inputs(draft, mostInputs) };
        if (TicketText.Wanted(draft) is { } wanted)
        {
            body.Add(CardJson.Heading($"Still needed: {TeamsMarkdown.Escape(wanted)}."));
        }

        body.Add(form);
        return CardJson.Card(
            body,
            CardJson.Execute(draft.Action == TicketAction.Create ? "Create" : "Change it", TeamsVerb.ConfirmTicket, Data(draft)),
            new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = "Edit", ["targetElements"] = new JsonArray(FormId) },
            CardJson.Execute("Save", TeamsVerb.SaveTicket, Data(draft)),
            CardJson.Execute("Cancel", TeamsVerb.CancelTicket, Data(draft)));
    }

    private static JsonObject Data(TicketDraft draft) => new() { [TeamsVerb.TurnKey] = draft.Id.Value };

    private static JsonArray Inputs(TicketDraft draft, int most)
    {
        if (draft.Action == TicketAction.Update)
        {
            return [Text("comment", "Comment", draft.Comment, isLong: true), Text("status", "Status", draft.Status, isLong: false)];
        }

        var inputs = new JsonArray();
        if (draft.Choices.Count > 1)
        {
            var kind = Choices("Kind of ticket", draft.Choices.Select(choice => (choice.Key, choice.Name)), TicketChoice.KeyOf(draft.Project, draft.Type?.Id), isMany: false);
            kind["id"] = TeamsVerb.KindKey;
            inputs.Add(kind);
        }

        // What has to be known first comes first, then what is known.
        var fields = (draft.Type?.Fields ?? []).Where(field => field.Kind != TicketFieldKind.Unsupported).OrderByDescending(field => field.Id == draft.Wanted).ThenByDescending(field => field.IsRequired || draft.TextOf(field.Id) is not null);
        foreach (var field in fields.Take(most))
        {
            inputs.Add(InputOf(field, draft.Fields.FirstOrDefault(value => value.Field == field.Id)));
        }

        return inputs;
    }

    private static JsonObject InputOf(TicketField field, FieldValue? value)
    {
        var label = field.IsRequired ? $"{field.Name} (required)" : field.Name;
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
            input["value"] = value.Length <= LongestInput ? value : value[..(char.IsHighSurrogate(value[LongestInput - 1]) ? LongestInput - 1 : LongestInput)];
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
            ["choices"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["title"] = choice.Title, ["value"] = choice.Value })]),
        };
        if (!string.IsNullOrEmpty(chosen))
        {
            set["value"] = chosen;
        }

        return set;
    }
}
