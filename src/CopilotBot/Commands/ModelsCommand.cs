using System.CommandLine;
using CopilotBot.Inference;

namespace CopilotBot.Commands;

/// <summary>The models of the catalog: where they lie, whether they are the right ones, and how they get here.</summary>
internal sealed class ModelsCommand(ModelCatalog catalog, ModelPuller puller)
{
    public static Command Describe(IVerbHost host)
    {
        var list = new Command("list", "List the models: name, role and folder, separated by tabs.");
        list.SetAction((parsed, cancellationToken) => host.RunAsync<ModelsCommand>(parsed, (verb, context, _) => verb.ListAsync(context), cancellationToken));
        var verify = new Command("verify", "Check that every model is there, is the pinned one, and can be used for its role.");
        verify.SetAction((parsed, cancellationToken) => host.RunAsync<ModelsCommand>(parsed, (verb, context, _) => verb.VerifyAsync(context), cancellationToken));
        var name = new Argument<string?>("name") { Description = "Name in the catalog; all that have a Url when left out.", Arity = ArgumentArity.ZeroOrOne };
        var pull = new Command("pull", "Fetch models of the setting Models:Catalog, check their SHA-256 and put them into the data folder.") { name };
        pull.SetAction((parsed, cancellationToken) => host.RunAsync<ModelsCommand>(parsed, (verb, context, stop) => verb.PullAsync(parsed.GetValue(name), context, stop), cancellationToken));
        return new Command("models", "Look at the models that run in this process, and fetch others.") { list, verify, pull };
    }

    private async Task<int> ListAsync(CommandContext context)
    {
        foreach (var model in catalog.Entries)
        {
            await context.Out.WriteLineAsync($"{model.Name}\t{model.Role}\t{model.Folder}");
        }

        return ExitCode.Ok;
    }

    private async Task<int> VerifyAsync(CommandContext context)
    {
        foreach (var model in catalog.Entries)
        {
            model.Verify();
            await context.Out.WriteLineAsync($"{model.Name}\tok");
        }

        return ExitCode.Ok;
    }

    private async Task<int> PullAsync(string? name, CommandContext context, CancellationToken cancellationToken)
    {
        var wanted = name is null ? catalog.Entries.Where(model => model.IsPulled).ToList() : [catalog.Find(name)];
        if (wanted.Count == 0)
        {
            return await context.FailAsync("No model of the catalog has a Url: add one to the settings under Models:Catalog.");
        }

        foreach (var model in wanted)
        {
            var isNew = await puller.PullAsync(model, cancellationToken);
            await context.Out.WriteLineAsync($"{model.Name}\t{(isNew ? "pulled" : "already there")}");
        }

        return ExitCode.Ok;
    }
}
