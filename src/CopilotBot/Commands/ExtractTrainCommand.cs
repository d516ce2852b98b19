using System.CommandLine;
using System.Globalization;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;

namespace CopilotBot.Commands;

/// <summary>Trains a tagger on labelled messages.</summary>
internal sealed class ExtractTrainCommand(HeadTraining training, FineTuningProcess fineTuning, TaggerChoice choice, ModelCatalog catalog)
{
    public static Command Describe(IVerbHost host)
    {
        var data = new Option<string>("--data") { Description = "JSONL file of labelled messages: text, intent and, where they have slots, tokens and tags; splits train, dev and test.", HelpName = "file", Required = true };
        var output = new Option<string>("--out") { Description = "Folder for the trained model; it is made, and files of a model in it are replaced.", HelpName = "folder", Required = true };
        var network = new Option<string?>("--base") { Description = "Model whose network is used: a name of the catalog, or a folder. The tagger in use when left out.", HelpName = "name or folder" };
        var share = new Option<double>("--split-dev")
        {
            Description = "Share of the training messages that is held back to stop by, where the file has no dev or val split.",
            HelpName = "share",
            DefaultValueFactory = _ => HeadTraining.DefaultDevShare,
        };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same weights.", HelpName = "number", DefaultValueFactory = _ => 1 };
        var full = new Option<bool>("--full") { Description = "Tune the whole network, not the heads alone: needs the program of the setting Extraction:FineTuning." };
        var rank = new Option<int?>("--lora") { Description = "Tune the network through matrices of this rank, merged at the end; needs the same program.", HelpName = "rank" };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the messages, with --full or --lora.", HelpName = "number" };
        var command = new Command("train", "Train heads over the states of a tagger's network, on this machine's processor, in minutes.") { data, output, network, share, seed, full, rank, epochs, CommandLine.OtherDataFolder };
        command.Validators.Add(result =>
        {
            if (result.GetValue(share) is <= 0 or >= 1)
            {
                result.AddError("--split-dev is a share between 0 and 1.");
            }

            if (result.GetValue(rank) is < 1 || result.GetValue(epochs) is < 1)
            {
                result.AddError("--lora and --epochs are 1 or more.");
            }

            if (result.GetValue(epochs) is not null && !result.GetValue(full) && result.GetValue(rank) is null)
            {
                result.AddError("--epochs goes with --full or --lora: heads stop by themselves.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractTrainCommand>(
            parsed,
            (verb, context, stop) =>
            {
                var request = new Request(
                    context.Resolve(parsed.GetRequiredValue(data)), context.Resolve(parsed.GetRequiredValue(output)), parsed.GetValue(network), parsed.GetValue(share), parsed.GetValue(seed));
                return parsed.GetValue(full) || parsed.GetValue(rank) is not null
                    ? verb.TuneAsync(request, parsed.GetValue(rank), parsed.GetValue(epochs), context, stop)
                    : verb.TrainAsync(request, context, stop);
            },
            cancellationToken));
        return command;
    }

    private async Task<int> TrainAsync(Request request, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var report = await training.RunAsync(FindBase(request.Base, context), request.Set, request.Folder, request.DevShare, request.Seed, context.Error.WriteLine, cancellationToken);
            await context.Out.WriteLineAsync(TrainingText.Describe(report));
            await context.Error.WriteLineAsync($"The model is in {request.Folder}: try it with --model, or put it to use with extract promote.");
            return ExitCode.Ok;
        }
        catch (LabelledSetException exception)
        {
            return await context.FailAsync(exception.Message);
        }
    }

    private async Task<int> TuneAsync(Request request, int? rank, int? epochs, CommandContext context, CancellationToken cancellationToken)
    {
        List<string> arguments = ["--base", FindBase(request.Base, context).Folder, "--data", request.Set, "--out", request.Folder, "--seed", Number(request.Seed)];
        arguments.AddRange(rank is { } r ? ["--lora", Number(r)] : []);
        arguments.AddRange(epochs is { } count ? ["--epochs", Number(count)] : []);
        return await fineTuning.RunAsync(arguments, context.Error.WriteLine, cancellationToken);
    }

    private ModelEntry FindBase(string? nameOrFolder, CommandContext context) => nameOrFolder is null ? choice.InUse
        : nameOrFolder.AsSpan().IndexOfAny('/', '\\') >= 0 ? ModelEntry.InFolder(context.Resolve(nameOrFolder), ModelRole.Tagger)
        : catalog.Find(nameOrFolder, ModelRole.Tagger);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Request(string Set, string Folder, string? Base, double DevShare, int Seed);
}
