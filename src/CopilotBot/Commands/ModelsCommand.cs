using System.CommandLine;
using CopilotBot.Inference;

namespace CopilotBot.Commands;

/// <summary>The models that ship: where they lie, and whether they are the released ones.</summary>
internal sealed class ModelsCommand
{
    public static Command Describe(IVerbHost host)
    {
        var list = new Command("list", "List the models: name and folder, separated by a tab.");
        list.SetAction((parsed, cancellationToken) => host.RunAsync<ModelsCommand>(parsed, (_, context, _) => ListAsync(context), cancellationToken));
        var verify = new Command("verify", "Check that every model is there and has the SHA-256 of its release.");
        verify.SetAction((parsed, cancellationToken) => host.RunAsync<ModelsCommand>(parsed, (_, context, _) => VerifyAsync(context), cancellationToken));
        return new Command("models", "Look at the models that run in this process.") { list, verify };
    }

    private static async Task<int> ListAsync(CommandContext context)
    {
        foreach (var name in ShippedModels.Names)
        {
            await context.Out.WriteLineAsync($"{name}\t{ShippedModels.FolderOf(name)}");
        }

        return ExitCode.Ok;
    }

    private static async Task<int> VerifyAsync(CommandContext context)
    {
        foreach (var name in ShippedModels.Names)
        {
            ShippedModels.Verify(name, ShippedModels.FolderOf(name));
            await context.Out.WriteLineAsync($"{name}\tok");
        }

        return ExitCode.Ok;
    }
}
