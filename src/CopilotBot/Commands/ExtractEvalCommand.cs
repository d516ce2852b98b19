using System.CommandLine;
using System.Text.Json;
using CopilotBot.Evaluation.Messages;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Prompted;
using CopilotBot.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace CopilotBot.Commands;

/// <summary>Scores how the messages of a labelled set are read.</summary>
internal sealed class ExtractEvalCommand(
    ModelCatalog catalog, IOptions<InferenceOptions> models, IOptions<ChatModelOptions> chat, IOptions<ExtractionOptions> options, IChatClient client, TimeProvider time)
{
    private const string Small = "small";

    private const string Llm = "llm";

    private const string Both = "both";

    /// <summary>The first that a set has is scored.</summary>
    private static readonly string[] Parts = ["test", "dev", "val"];

    public static Command Describe(IVerbHost host)
    {
        var set = new Option<string>("--set") { Description = "JSONL file of messages: text, intent and, where it has slots, tokens and tags.", HelpName = "file", Required = true };
        var split = new Option<string?>("--split") { Description = "Part of the set; without it test, or dev where the set has no test, or all where it has no parts.", HelpName = "name" };
        var model = new Option<string?>("--model") { Description = "Tagger: a name of the catalog or a folder. Without it that of the settings.", HelpName = "name-or-folder" };
        var engine = new Option<string>("--engine") { Description = "What reads: the small model, the language model of ChatModel, or both beside each other.", HelpName = "engine", DefaultValueFactory = _ => Small };
        engine.AcceptOnlyFromAmong(Small, Llm, Both);
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("eval", "Read every message of a set and print how many intents, slots and fields are right, and how long it took.") { set, split, model, engine, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractEvalCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(set), parsed.GetValue(split), parsed.GetValue(model), parsed.GetValue(engine) ?? Small, parsed.GetValue(json), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string set, string? split, string? model, string engine, bool json, CommandContext context, CancellationToken cancellationToken)
    {
        if (engine != Small && chat.Value.Endpoint.Length == 0)
        {
            return await context.FailAsync($"No language model is configured: set ChatModel:Endpoint and ChatModel:Model, put its key into the environment variable {chat.Value.ApiKeyVariable}, and prices into Extraction:InputPrice and Extraction:OutputPrice.");
        }

        try
        {
            var path = context.Resolve(set);
            var (part, messages) = Load(path, split);
            MessageReport Name(MessageReport report) => report with { Set = NameOfSet(path), Split = part };
            var small = engine == Llm ? null : Name(await RunSmallAsync(model, messages, context, cancellationToken));
            var large = engine == Small ? null : Name(await MessageEvaluator.RunAsync(new PromptedMessageReader(client), messages, Prices, cancellationToken));
            var report = small is null ? large! : small with { Llm = large }; // one of the two ran
            await context.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, CommandJson.Readable.MessageReport) : MessageReportText.Describe(report, DateOnly.FromDateTime(time.GetLocalNow().Date)));
            return ExitCode.Ok;
        }
        catch (Exception exception) when (exception is LabelledSetException or ModelException)
        {
            return await context.FailAsync(exception.Message);
        }
    }

    private (double Input, double Output)? Prices => options.Value is { InputPrice: > 0 } or { OutputPrice: > 0 } ? (options.Value.InputPrice, options.Value.OutputPrice) : null;

    private async Task<MessageReport> RunSmallAsync(string? model, IReadOnlyList<LabelledMessage> messages, CommandContext context, CancellationToken cancellationToken)
    {
        var name = model is null ? models.Value.Tagger : model.AsSpan().ContainsAny('/', '\\') ? context.Resolve(model) : model;
        using var tagger = new OnnxTokenTagger(catalog.Find(name, ModelRole.Tagger), parallelRuns: 1);
        return await MessageEvaluator.RunAsync(new MessageReader(tagger), messages, cancellationToken);
    }

    private static (string Split, IReadOnlyList<LabelledMessage> Messages) Load(string path, string? split)
    {
        if (split is not null)
        {
            return (split, LabelledSet.Read(path, split));
        }

        var all = LabelledSet.Read(path);
        var part = Parts.FirstOrDefault(name => all.Any(message => message.Split == name)) ?? "";
        return (part.Length > 0 ? part : "all", part.Length > 0 ? [.. all.Where(message => message.Split == part)] : all);
    }

    /// <summary>The file, or its folder where the file is called data.jsonl as in every set.</summary>
    private static string NameOfSet(string path) =>
        Path.GetFileNameWithoutExtension(path) is var file && file == "data" && Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } folder ? folder : file;
}
