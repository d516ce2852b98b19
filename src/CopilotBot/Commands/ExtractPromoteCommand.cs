using System.CommandLine;
using System.Globalization;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;

namespace CopilotBot.Commands;

/// <summary>Puts a trained tagger to use if it is not worse than the one in use, or lists those that were.</summary>
internal sealed class ExtractPromoteCommand(PromotedTaggers promoted, TaggerChoice choice)
{
    public static Command Describe(IVerbHost host)
    {
        var folder = new Argument<string?>("folder") { Description = "Folder that extract train wrote; the promoted ones are listed when left out.", Arity = ArgumentArity.ZeroOrOne };
        var set = new Option<string?>("--set") { Description = "JSONL file of labelled messages that none of the two was trained on.", HelpName = "file" };
        var split = new Option<string>("--split") { Description = "Part of the file to judge by: dev or test.", HelpName = "split", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("dev", "test");
        var tolerance = new Option<double>("--tolerance") { Description = "By how much intent accuracy, slot F1 and out-of-scope recall may each be worse.", HelpName = "share", DefaultValueFactory = _ => PromotionGate.DefaultTolerance };
        var force = new Option<bool>("--force") { Description = "Promote it whatever the figures say." };
        var command = new Command("promote", "Compare a trained tagger with the one in use, copy it into the data folder and use it from the next start on.") { folder, set, split, tolerance, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(folder) is not null && result.GetValue(set) is null)
            {
                result.AddError("Name the held-out messages to judge by: --set FILE.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractPromoteCommand>(
            parsed,
            (verb, context, stop) => parsed.GetValue(folder) is { } path
                ? verb.PromoteAsync(context.Resolve(path), context.Resolve(parsed.GetRequiredValue(set)!), parsed.GetRequiredValue(split), new PromotionGate(parsed.GetValue(tolerance)), parsed.GetValue(force), context, stop) // the validator wants a set
                : verb.ListAsync(context),
            cancellationToken));
        return command;
    }

    private async Task<int> ListAsync(CommandContext context)
    {
        var current = promoted.Current;
        foreach (var (number, folder) in promoted.List())
        {
            await context.Out.WriteLineAsync($"{number.ToString(CultureInfo.InvariantCulture)}\t{(folder == current ? "in use" : "")}\t{folder}");
        }

        await context.Error.WriteLineAsync(choice.FollowsPromotion ? $"In use is {choice.InUse.Folder}." : $"The settings name the tagger {choice.InUse.Name}; remove Models:Tagger to use promoted ones.");
        return ExitCode.Ok;
    }

    private async Task<int> PromoteAsync(string source, string path, string split, PromotionGate gate, bool force, CommandContext context, CancellationToken cancellationToken)
    {
        if (!choice.FollowsPromotion)
        {
            return await context.FailAsync($"The settings name the tagger {choice.InUse.Name}, so a promoted one would not be used: remove the setting Models:Tagger first.");
        }

        try
        {
            var messages = LabelledSet.Read(path, split);
            var staged = promoted.Stage(source);
            var (before, after) = (await ScoreAsync(choice.InUse, messages, cancellationToken), await ScoreAsync(staged, messages, cancellationToken));
            await context.Out.WriteLineAsync(TrainingText.Compare([("in use", before), ("new", after)]));
            if (gate.FindWorse(before, after) is { Count: > 0 } worse && !force)
            {
                return await context.FailAsync(string.Create(CultureInfo.InvariantCulture, $"Not promoted: {string.Join(" and ", worse)} would be worse by more than {gate.Tolerance}. Train on more messages, or add --force."));
            }

            var (number, folder) = promoted.Promote();
            await context.Error.WriteLineAsync($"Promoted as {number.ToString(CultureInfo.InvariantCulture)} in {folder}; it is used from the next start on. Go back with extract rollback.");
            return ExitCode.Ok;
        }
        catch (LabelledSetException exception)
        {
            return await context.FailAsync(exception.Message);
        }
        finally
        {
            promoted.Discard();
        }
    }

    private static async Task<TaggerFigures> ScoreAsync(ModelEntry model, IReadOnlyList<LabelledMessage> messages, CancellationToken cancellationToken)
    {
        using var tagger = new OnnxTokenTagger(model, Environment.ProcessorCount);
        return await TaggerScoring.ScoreAsync(tagger, messages, cancellationToken);
    }
}
