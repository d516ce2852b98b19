using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CopilotBot.Conversations;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Rules;
using CopilotBot.Inference;
using CopilotBot.Tickets;

namespace CopilotBot.Commands;

/// <summary>What one message is read as; nothing is written anywhere.</summary>
internal sealed class ExtractReadCommand(IntentRouter router, TicketExtractor extractor, TicketRules rules, TimeProvider time)
{
    private static readonly TicketSchema Unconnected = new([]);

    public static Command Describe(IVerbHost host)
    {
        var message = new Argument<string>("message") { Description = "The message, in quotes." };
        var json = new Option<bool>("--json") { Description = "Print intent, slots and fields as JSON." };
        var command = new Command("read", "Print what a message wants, what it names, and the ticket that it would be drafted as. Nothing is written.") { message, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractReadCommand>(
            parsed, (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(message), parsed.GetValue(json), context, stop), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string text, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var routed = await router.RouteAsync(text, cancellationToken);
            var blank = new TicketDraft { Id = TurnId.New(), Action = TicketAction.Create, Requester = "cli", RequesterName = UserIdentity.LocalStaff.DisplayName, Created = time.GetUtcNow() };
            var draft = routed.Intent is Intent.CreateTicket or Intent.UpdateTicket
                ? await extractor.ExtractAsync(blank, text, routed, new ExtractionContext(time.GetLocalNow(), blank.RequesterName, []), Unconnected, cancellationToken)
                : null;
            var read = ReadMessageJson.Of(text, routed, draft);
            await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(read, CommandJson.Readable.ReadMessageJson) : Print(read, rules.Schema is null));
            return ExitCode.Ok;
        }
        catch (ModelException exception)
        {
            return await context.FailAsync(exception.Message);
        }
    }

    private static string Print(ReadMessageJson read, bool isWithoutSchema)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"intent  {read.Intent} ({read.Confidence:0.00})").Append(read.Other is null ? "\n" : $", or {read.Other}: the person would be asked\n");
        foreach (var slot in read.Slots)
        {
            text.Append(CultureInfo.InvariantCulture, $"slot    {slot.Slot}: {slot.Text} ({slot.Confidence:0.00})\n");
        }

        if (read.Draft is not { } draft)
        {
            return text.ToString().TrimEnd();
        }

        text.Append(draft.TicketKey is null ? $"ticket  new, {(draft.Project.Length > 0 ? $"{draft.Project} {draft.Type}" : "project not known")}\n" : $"ticket  {draft.TicketKey}\n");
        foreach (var field in draft.Fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"field   {field.Field}: {field.Text.ReplaceLineEndings(" / ")} ({field.Confidence:0.00}{(field.Evidence is null ? "" : $", from \"{field.Evidence.ReplaceLineEndings(" / ")}\"")})\n");
        }

        text.Append(draft.Status is null ? "" : $"status  {draft.Status}\n").Append(draft.Comment is null ? "" : $"comment {draft.Comment.ReplaceLineEndings(" / ")}\n");
        text.Append(draft.Wanted is null ? "" : $"asks    {draft.Wanted}\n");
        text.Append(isWithoutSchema && draft.TicketKey is null ? "No schema: set Extraction:RulesFile to rules with a schema section to see fields filled.\n" : "");
        return text.ToString().TrimEnd();
    }
}
