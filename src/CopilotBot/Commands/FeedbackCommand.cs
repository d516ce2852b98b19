using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Channels;
using CopilotBot.Conversations;
using CopilotBot.Evaluation;
using CopilotBot.Feedback;
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>What people think of the answers, and how that becomes questions that <c>eval answers</c> reads.</summary>
internal sealed class FeedbackCommand(
    IFeedbackStore feedback, IChannelStore channels, IDocumentStore documents, ISourceRegistry sources, ChannelAdapters adapters, Proactive proactive, TimeProvider time)
{
    public static Command Describe(IVerbHost host) => new("feedback", "Read the votes on answers and make evaluation questions of them.")
    {
        DescribeList(host), DescribeAccept(host), DescribeExport(host), DescribeTell(host),
    };

    private static Command DescribeList(IVerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print each vote with the whole trace of its turn as JSON." };
        var list = new Command("list", "List the votes, newest first: id, vote, day, reason, expected document, question, separated by tabs.") { json };
        list.SetAction((parsed, cancellationToken) => host.RunAsync<FeedbackCommand>(parsed, (verb, context, _) => verb.ListAsync(parsed.GetValue(json), context), cancellationToken));
        return list;
    }

    private static Command DescribeAccept(IVerbHost host)
    {
        var id = new Argument<string>("id") { Description = "Id of the vote, as feedback list prints it." };
        var expect = new Option<string>("--expect") { Description = "The document that answers the question: its id, address or key; \"none\" when no document does.", HelpName = "document", Required = true };
        var accept = new Command("accept", "Accept the question of a vote as an evaluation case.") { id, expect };
        accept.SetAction((parsed, cancellationToken) => host.RunAsync<FeedbackCommand>(
            parsed, (verb, context, _) => verb.AcceptAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(expect), context), cancellationToken));
        return accept;
    }

    private static Command DescribeExport(IVerbHost host)
    {
        var file = new Option<string>("--out") { Description = "JSONL file to write, in the form that eval answers reads.", HelpName = "file", Required = true };
        var source = new Option<string?>("--source") { Description = "Only questions about this source; needed once they are about several.", HelpName = "name" };
        var export = new Command("export", "Write the accepted questions to a file.") { file, source };
        export.SetAction((parsed, cancellationToken) => host.RunAsync<FeedbackCommand>(
            parsed, (verb, context, stop) => verb.ExportAsync(parsed.GetRequiredValue(file), parsed.GetValue(source), context, stop), cancellationToken));
        return export;
    }

    private static Command DescribeTell(IVerbHost host)
    {
        var id = new Argument<string>("id") { Description = "Id of the vote, as feedback list prints it." };
        var tell = new Command("tell", "Tell the voter, in their personal chat with the bot, that the answer they reported was fixed. Once for each vote.") { id };
        tell.SetAction((parsed, cancellationToken) => host.RunAsync<FeedbackCommand>(parsed, (verb, context, _) => verb.TellAsync(parsed.GetRequiredValue(id), context), cancellationToken));
        return tell;
    }

    private async Task<int> ListAsync(bool json, CommandContext context)
    {
        var all = feedback.List();
        if (json)
        {
            await context.Out.WriteLineAsync(JsonSerializer.Serialize([.. all.Select(entry => FeedbackJson.Of(entry, entry.Expected is null ? null : ExpectedOf(entry)))], CommandJson.Readable.IReadOnlyListFeedbackJson));
            return ExitCode.Ok;
        }

        foreach (var entry in all)
        {
            await context.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{entry.Id}\t{(entry.Vote == Vote.Up ? "up" : "down")}\t{entry.At:yyyy-MM-dd}\t{Line(Reasons(entry))}\t{ExpectedOf(entry)}\t{Line(entry.Turn.Question)}"));
        }

        if (all.Count == 0)
        {
            await context.Error.WriteLineAsync("Nobody has voted yet.");
        }

        return ExitCode.Ok;
    }

    private async Task<int> AcceptAsync(string id, string expect, CommandContext context)
    {
        if (feedback.Find(id) is not { } entry)
        {
            return await context.FailAsync(UnknownVote(id));
        }

        var expected = expect == "none" ? new DocumentId("") : FindDocument(expect);
        if (expected is null)
        {
            return await context.FailAsync($"'{expect}' is not one document that is indexed: give its id, address or key, as ask --json prints them, or \"none\".");
        }

        feedback.Save(entry with { Expected = expected });
        await context.Out.WriteLineAsync($"{id}\t{ExpectedOf(entry with { Expected = expected })}");
        return ExitCode.Ok;
    }

    private async Task<int> ExportAsync(string file, string? source, CommandContext context, CancellationToken cancellationToken)
    {
        var all = feedback.List();
        var accepted = all.Where(entry => entry.Expected is not null).Where(entry => source is null || IsNone(entry) || entry.Expected!.Value.Source.Value == source).ToList(); // filtered
        var about = accepted.Where(entry => !IsNone(entry)).Select(entry => entry.Expected!.Value.Source.Value).Distinct().Order(StringComparer.Ordinal).ToList(); // filtered
        if (about.Count > 1)
        {
            return await context.FailAsync($"The questions are about several sources: choose one with --source ({string.Join(", ", about)}).");
        }

        if (accepted.Count == 0)
        {
            return await context.FailAsync("No question is accepted yet: name what answers it with: feedback accept <id> --expect <document>");
        }

        var questions = accepted
            .OrderBy(entry => entry.At)
            .DistinctBy(entry => (entry.Turn.Question.Trim(), entry.Expected))
            .Select(entry => new AnswerQuestion(entry.Id, entry.Turn.Question.Trim(), IsNone(entry) ? null : NativeId(entry.Expected!.Value), [], $"feedback-{(entry.Vote == Vote.Up ? "up" : "down")}", null)) // filtered
            .ToList();
        var path = context.Resolve(file);
        try
        {
            await AnswerQuestion.SaveAsync(path, questions, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"'{path}' cannot be written: name a file in a folder that exists and that you may write to.");
        }

        await context.Error.WriteLineAsync($"{questions.Count} questions written to {path}; {all.Count(entry => entry.Expected is null)} votes wait for feedback accept.");
        return ExitCode.Ok;
    }

    private async Task<int> TellAsync(string id, CommandContext context)
    {
        if (feedback.Find(id) is not { } entry)
        {
            return await context.FailAsync(UnknownVote(id));
        }

        var chat = channels.GetConversations(entry.Turn.Conversation.Channel).FirstOrDefault(known => known is { IsClosed: false, User: not null } && known.User.Id == entry.Voter.Id);
        if (chat is null || !adapters.Knows(chat.Reference))
        {
            return await context.FailAsync("The voter has no personal chat with the bot, so they cannot be told there.");
        }

        var question = entry.Turn.Question.Length > 200 ? $"{entry.Turn.Question[..200]}…" : entry.Turn.Question;
        if (entry.Told is not null || !proactive.Say(chat, $"fixed:{id}", adapters.Of(chat.Reference).Render(chat.Address, $"You reported my answer to “{question}”. It was fixed: please ask again.")))
        {
            return await context.FailAsync("The voter was told before.");
        }

        feedback.Save(entry with { Told = time.GetUtcNow() });
        await context.Error.WriteLineAsync("The message waits to be delivered; the server does that while it runs.");
        return ExitCode.Ok;
    }

    private DocumentId? FindDocument(string text)
    {
        if (documents.GetHeaders([new DocumentId(text)]).Count == 1)
        {
            return new DocumentId(text);
        }

        var matches = sources.List().SelectMany(source => documents.GetHeaders(source.Name))
            .Where(header => header.Url == text || string.Equals(header.Key, text, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches.Count == 1 ? matches[0].Id : null;
    }

    /// <summary>The empty id stands for "no document answers it".</summary>
    private static bool IsNone(FeedbackEntry entry) => entry.Expected is { Value: "" };

    private static string ExpectedOf(FeedbackEntry entry) => entry.Expected is null ? "" : IsNone(entry) ? "none" : entry.Expected.Value.Value;

    /// <summary>What a question set calls the document: the source's own id.</summary>
    private static string NativeId(DocumentId id) => id.Value.Split(':', 3)[^1];

    private static string Reasons(FeedbackEntry entry) => string.Join("; ", new[] { entry.Reason, entry.Comment }.Where(text => !string.IsNullOrEmpty(text)));

    private static string Line(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    private static string UnknownVote(string id) => $"There is no vote '{id}'; feedback list prints their ids.";
}
