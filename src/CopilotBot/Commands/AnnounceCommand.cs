using System.CommandLine;
using CopilotBot.Channels;
using CopilotBot.Conversations;

namespace CopilotBot.Commands;

/// <summary>A message from the admins to everybody who has the bot. Says first whom it would reach.</summary>
internal sealed class AnnounceCommand(IChannelStore channels, ChannelAdapters adapters, Proactive proactive)
{
    private const int MaximumLength = 2000;

    public static Command Describe(IVerbHost host)
    {
        var text = new Argument<string>("text") { Description = $"What to say, in quotes; at most {MaximumLength} characters." };
        var channel = new Option<string>("--channel") { Description = "teams or slack.", HelpName = "name", DefaultValueFactory = _ => "teams" };
        var to = new Option<string>("--to") { Description = "personal (each person's own chat), channel, group, or all.", HelpName = "kind", DefaultValueFactory = _ => "personal" };
        var send = new Option<bool>("--send") { Description = "Really send it. Without, nothing is sent and the conversations are only counted." };
        var command = new Command("announce", "Tell everybody something. A dry run unless --send is given; the same text goes to a conversation once.") { text, channel, to, send };
        to.AcceptOnlyFromAmong("personal", "channel", "group", "all");
        command.SetAction((parsed, cancellationToken) => host.RunAsync<AnnounceCommand>(
            parsed,
            (verb, context, _) => verb.RunAsync(parsed.GetRequiredValue(text), parsed.GetRequiredValue(channel), parsed.GetRequiredValue(to), parsed.GetValue(send), context),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string text, string channel, string to, bool send, CommandContext context)
    {
        if (text.Trim().Length is 0 or > MaximumLength)
        {
            return await context.FailAsync($"The text must have 1 to {MaximumLength} characters.");
        }

        if (!adapters.Knows(new ConversationReference(channel, "")))
        {
            return await context.FailAsync($"There is no channel '{channel}'; use teams or slack.");
        }

        var reached = channels.GetConversations(channel).Where(known => !known.IsClosed && (to == "all" || known.Kind == to)).ToList();
        foreach (var kind in reached.CountBy(known => known.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            await context.Out.WriteLineAsync($"{kind.Key}\t{kind.Value}");
        }

        if (!send)
        {
            await context.Error.WriteLineAsync($"Dry run: {reached.Count} conversations would get it. Add --send to send it.");
            return ExitCode.Ok;
        }

        var sent = reached.Count(known => proactive.Say(known, $"announcement:{text.Trim()}", adapters.Of(known.Reference).Render(known.Address, text.Trim())));
        await context.Error.WriteLineAsync($"{sent} messages wait to be delivered, {reached.Count - sent} conversations had this text before; the server delivers while it runs.");
        return ExitCode.Ok;
    }
}
