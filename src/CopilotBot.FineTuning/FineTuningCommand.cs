using System.CommandLine;
using System.CommandLine.Help;
using CopilotBot.Extraction;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>The command line: one program that trains a folder, or scores one.</summary>
internal static class FineTuningCommand
{
    private const int Failed = 1;

    private const int Usage = 2;

    private const string Description = """
        Tunes the encoder of the shipped tagger and new heads on a set of labelled messages, and writes a model folder: model.onnx (int8), heads.json, labels.json,
        vocab.txt, report.json. With --evaluate it scores a folder instead.

        Exit codes:
          0  done
          1  failed: one sentence on standard error says what to do
          2  the command line was not understood
        """;

    private static readonly Option<string?> Base = Folder("--base", "Folder of the tagger to begin from: the shipped one, or one of its kind.");

    private static readonly Option<string?> Data = new("--data") { Description = "JSONL file of messages with text, intent, tokens and tags, and the splits train, dev and test.", HelpName = "file" };

    private static readonly Option<string?> Out = Folder("--out", "Folder to write, new or empty.");

    private static readonly Option<int> Epochs = Number("--epochs", "Passes over the training messages at most.", 6, 1, 1000);

    private static readonly Option<int?> Rank = new("--lora") { Description = "Train low-rank adapters of this rank (1 to 256) on all matrices and merge them at the end, instead of all weights.", HelpName = "rank" };

    private static readonly Option<int> Seed = Number("--seed", "Of order, dropout and swapped values.", 1, 0, int.MaxValue);

    private static readonly Option<int> Threads = Number("--threads", "Threads of one computation.", 2, 1, 256);

    private static readonly Option<int> Batch = Number("--batch", "Messages a step.", 64, 1, 1024);

    private static readonly Option<double?> Rate = new("--lr") { Description = "Highest learning rate of the encoder, above 0 and at most 0.1. [default: 0.0002, with --lora 0.001]", HelpName = "x" };

    private static readonly Option<double> Swap = new("--swap") { Description = "Part of the slot values, 0 to 1, that each epoch replaces by other messages' values.", HelpName = "x", DefaultValueFactory = _ => 0.3 };

    private static readonly Option<Precision> Products = new("--precision")
    {
        Description = "Of products while training: Float32, Bfloat16, or Auto for bfloat16 where this processor is faster with it (AVX512-BF16, AMX).",
        HelpName = "name",
        DefaultValueFactory = _ => Precision.Auto,
    };

    private static readonly Option<bool> KeepFloat = new("--keep-float") { Description = $"Also write {FloatWeights.FileName}, with which --evaluate measures what int8 costs." };

    private static readonly Option<string?> Evaluate = Folder("--evaluate", "Score this folder on the messages of --data and --split.");

    private static readonly Option<string> Split = new("--split") { Description = "Messages to score: train, dev or test.", HelpName = "name", DefaultValueFactory = _ => "test" };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider clock, CancellationToken cancellationToken)
    {
        var parsed = Describe(output, clock).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            await error.WriteLineAsync($"{string.Join(' ', parsed.Errors.Select(problem => problem.Message).Distinct())} Add --help to see what is possible.");
            return Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (Exception exception) when (exception is ModelException or LabelledSetException or FineTuningException)
        {
            await error.WriteLineAsync(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped; the folder has the weights of the best epoch so far, if one was finished.");
            return Failed;
        }
    }

    private static RootCommand Describe(TextWriter output, TimeProvider clock)
    {
        var root = new RootCommand(Description) { Base, Data, Out, Epochs, Rank, Seed, Threads, Batch, Rate, Swap, Products, KeepFloat, Evaluate, Split };
        root.HelpName = "CopilotBot.FineTuning";
        root.Validators.Add(Check);
        root.SetAction((parsed, cancellationToken) => parsed.GetValue(Evaluate) is { } folder
            ? new EvaluationRun(output).RunAsync(folder, parsed.GetValue(Data)!, parsed.GetValue(Split)!, parsed.GetValue(Threads), cancellationToken) // checked above
            : new FineTuningRun(output, clock).RunAsync(Request(parsed), cancellationToken));
        return root;
    }

    private static void Check(System.CommandLine.Parsing.CommandResult result)
    {
        var wanted = result.GetValue(Evaluate) is null ? (Option<string?>[])[Base, Data, Out] : [Data];
        foreach (var option in wanted.Where(option => string.IsNullOrWhiteSpace(result.GetValue(option))))
        {
            result.AddError($"{option.Name} is missing.");
        }

        if (result.GetValue(Evaluate) is not null && result.GetValue(Out) is not null)
        {
            result.AddError("--evaluate writes nothing: leave --out out.");
        }

        if (result.GetValue(Rank) is < 1 or > 256)
        {
            result.AddError("--lora has to be from 1 to 256.");
        }

        if (result.GetValue(Rate) is { } rate && rate is not (> 0 and <= 0.1))
        {
            result.AddError("--lr has to be above 0 and at most 0.1.");
        }

        if (result.GetValue(Swap) is not (>= 0 and <= 1))
        {
            result.AddError("--swap has to be from 0 to 1.");
        }
    }

    private static FineTuningRequest Request(ParseResult parsed)
    {
        var rank = parsed.GetValue(Rank);
        var plan = new TrainingPlan(
            parsed.GetValue(Epochs), parsed.GetValue(Batch), parsed.GetValue(Rate) ?? (rank is null ? TrainingPlan.DefaultRate : TrainingPlan.DefaultAdapterRate), parsed.GetValue(Seed), parsed.GetValue(Swap), rank, parsed.GetValue(Products));
        return new FineTuningRequest(parsed.GetValue(Base)!, parsed.GetValue(Data)!, parsed.GetValue(Out)!, plan, parsed.GetValue(Threads), parsed.GetValue(KeepFloat)); // checked above
    }

    private static Option<string?> Folder(string name, string description) => new(name) { Description = description, HelpName = "folder" };

    private static Option<int> Number(string name, string description, int preset, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => preset };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
            {
                result.AddError($"{name} has to be from {least} to {most}.");
            }
        });
        return option;
    }
}
