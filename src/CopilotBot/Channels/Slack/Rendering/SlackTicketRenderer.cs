using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>A draft as one message, and the form to change it (facts/slack.md §3).</summary>
internal static class SlackTicketRenderer
{
    /// <summary>Options that a menu takes (§3).</summary>
    private const int MostOptions = 100;

    private const int LongestOption = 75;

    /// <summary>Blocks that a form takes (§3).</summary>
    private const int MostInputs = 98;

    private const int LongestLine = 255;

    private const int LongestInput = 3000;

    private const int LongestLabel = 150;

    public static SlackMessage Render(TicketDraft draft) => TicketLines.Fit(size => Render(draft, size), message => message.MeasureBlocks() <= SlackAnswerRenderer.MaximumLength);

    private static SlackMessage Render(TicketDraft draft, TicketSize size)
    {
        var blocks = new JsonArray();
        foreach (var fields in TicketLines.Fields(draft, size).Chunk(SlackSources.MostInList))
        {
            blocks.Add(SlackBlocks.RichText(SlackBlocks.RichList("bullet", fields.Select(field => SlackBlocks.RichSection(SlackBlocks.RichBold(field.Name), SlackBlocks.RichWords($": {field.Value}"))))));
        }

        if (TicketText.Similar(draft) is { Length: > 0 } similar)
        {
            blocks.Add(SlackBlocks.RichText(
                SlackBlocks.RichSection(SlackBlocks.RichWords(similar)),
                SlackBlocks.RichList("bullet", draft.Similar.Select(ticket => SlackBlocks.RichSection(SlackBlocks.RichLink($"{ticket.Key} {PlainText.Title(ticket.Title)}", SafeLink.Parse(ticket.Url ?? "")))))));
        }

        if (SafeLink.Parse(draft.Url ?? "") is { } url)
        {
            blocks.Add(SlackBlocks.RichText(SlackBlocks.RichSection(SlackBlocks.RichLink($"Open {draft.TicketKey}", url))));
        }

        if (draft.State == TicketState.Open)
        {
            AddChoice(blocks, draft, size);
            blocks.Add(new JsonObject
            {
                ["type"] = "actions",
                ["elements"] = new JsonArray(
                    Button(SlackAction.ConfirmTicket, draft.Action == TicketAction.Create ? "Create" : "Change it", draft, "primary"),
                    Button(SlackAction.EditTicket, "Edit", draft, null),
                    Button(SlackAction.CancelTicket, "Cancel", draft, null)),
            });
        }

        if (TicketLines.Closing(draft) is { Length: > 0 } closing)
        {
            blocks.Add(SlackBlocks.Context(closing));
        }

        var heading = TicketLines.Heading(draft);
        return new SlackMessage(SlackPlain.Fallback(heading), $"**{SlackMarkdown.Escape(heading)}**", blocks);
    }

    public static JsonObject Form(TicketDraft draft)
    {
        var blocks = new JsonArray();
        if (draft.Action == TicketAction.Update)
        {
            if (FitsWhole(draft.Comment, isLong: true))
            {
                blocks.Add(Input(TicketCompleteness.Comment, "Comment", isRequired: false, Text(draft.Comment, isLong: true)));
            }

            blocks.Add(Input(TicketCompleteness.Status, "Status", isRequired: false, Text(draft.Status, isLong: false)));
        }
        else
        {
            if (draft.Choices.Count is > 1 and <= MostOptions)
            {
                blocks.Add(Input(SlackAction.TicketKind, "Kind of ticket", isRequired: true, Menu(draft.Choices.Select(choice => (choice.Key, choice.Name)), TicketChoice.KeyOf(draft.Project, draft.Type?.Id), "static_select")));
            }

            foreach (var field in (draft.Type?.Fields ?? []).Where(field => field.Kind != TicketFieldKind.Unsupported).OrderByDescending(field => field.IsRequired || draft.TextOf(field.Id) is not null).Where(field => FitsWhole(draft.TextOf(field.Id), IsLong(field))).Take(MostInputs))
            {
                blocks.Add(Input(field.Id, field.Name, field.IsRequired, ElementOf(field, draft.Fields.FirstOrDefault(value => value.Field == field.Id))));
            }
        }

        return new JsonObject
        {
            ["type"] = "modal",
            ["callback_id"] = SlackAction.TicketForm,
            ["private_metadata"] = draft.Id.Value,
            ["title"] = SlackBlocks.Words(draft.Action == TicketAction.Create ? "New ticket" : "Change a ticket"),
            ["submit"] = SlackBlocks.Words("Save"),
            ["close"] = SlackBlocks.Words("Back"),
            ["blocks"] = blocks,
        };
    }

    /// <summary>The one question that has to be answered first, with its answers to choose from where there are some.</summary>
    private static void AddChoice(JsonArray blocks, TicketDraft draft, TicketSize size)
    {
        if (TicketLines.Wanted(draft) is not { Length: > 0 } wanted)
        {
            return;
        }

        var question = SlackBlocks.Section(wanted);
        (string Value, string Name)[] answers = draft.Wanted == TicketCompleteness.Kind
            ? [.. draft.Choices.Select(choice => (choice.Key, choice.Name))]
            : [.. (draft.Type?.Fields.FirstOrDefault(field => field.Id == draft.Wanted && field.Kind == TicketFieldKind.Choice)?.Allowed ?? []).Select(value => (value.Id, value.Name))];
        if (size.HasMenus && answers.Length is > 0 and <= MostOptions)
        {
            question["block_id"] = $"{SlackAction.FieldBlock}{draft.Id}";
            var menu = Menu(answers, null, "static_select");
            menu["action_id"] = SlackAction.TicketField;
            menu["placeholder"] = SlackBlocks.Words(PlainText.Clip(wanted, LongestLabel));
            question["accessory"] = menu;
        }

        blocks.Add(question);
    }

    private static JsonObject ElementOf(TicketField field, FieldValue? value) => field.Kind switch
    {
        TicketFieldKind.Choice when field.Allowed.Count is > 0 and <= MostOptions => Menu(field.Allowed.Select(allowed => (allowed.Id, allowed.Name)), value is { Ids: [var id, ..] } ? id : null, "static_select"),
        TicketFieldKind.Choices when field.Allowed.Count is > 0 and <= MostOptions => Menus(field, value),
        TicketFieldKind.Date => value is null ? new JsonObject { ["type"] = "datepicker" } : new JsonObject { ["type"] = "datepicker", ["initial_date"] = value.Text },
        _ => Text(value?.Text, IsLong(field)),
    };

    private static bool IsLong(TicketField field) => field.Kind == TicketFieldKind.LongText;

    /// <summary>A form that held a part of a value would write that part over the whole: such a field is left as it is.</summary>
    private static bool FitsWhole(string? value, bool isLong) => (value?.Length ?? 0) <= (isLong ? LongestInput : LongestLine);

    private static JsonObject Text(string? value, bool isLong)
    {
        var input = new JsonObject { ["type"] = "plain_text_input", ["multiline"] = isLong, ["max_length"] = isLong ? LongestInput : LongestLine };
        if (!string.IsNullOrEmpty(value))
        {
            input["initial_value"] = value;
        }

        return input;
    }

    private static JsonObject Menu(IEnumerable<(string Value, string Name)> options, string? chosen, string type)
    {
        JsonObject[] all = [.. options.Select(option => Option(option.Value, option.Name))];
        var menu = new JsonObject { ["type"] = type, ["options"] = new JsonArray([.. all]) };
        if (all.FirstOrDefault(option => option["value"]!.GetValue<string>() == chosen) is { } initial)
        {
            menu["initial_option"] = initial.DeepClone();
        }

        return menu;
    }

    private static JsonObject Menus(TicketField field, FieldValue? value)
    {
        var menu = Menu(field.Allowed.Select(allowed => (allowed.Id, allowed.Name)), null, "multi_static_select");
        JsonObject[] chosen = [.. field.Allowed.Where(allowed => value?.Ids.Contains(allowed.Id) == true).Select(allowed => Option(allowed.Id, allowed.Name))];
        if (chosen.Length > 0)
        {
            menu["initial_options"] = new JsonArray([.. chosen]);
        }

        return menu;
    }

    private static JsonObject Option(string value, string name) => new() { ["text"] = SlackBlocks.Words(PlainText.Clip(name, LongestOption)), ["value"] = value };

    private static JsonObject Input(string id, string label, bool isRequired, JsonObject element)
    {
        element["action_id"] = id;
        return new JsonObject { ["type"] = "input", ["block_id"] = id, ["optional"] = !isRequired, ["label"] = SlackBlocks.Words(PlainText.Clip(label, LongestLabel)), ["element"] = element };
    }

    private static JsonObject Button(string action, string text, TicketDraft draft, string? style)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = action, ["text"] = SlackBlocks.Words(text), ["value"] = draft.Id.Value };
        if (style is not null)
        {
            button["style"] = style;
        }

        return button;
    }
}
