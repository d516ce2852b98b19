using CopilotBot.FineTuning;

return await FineTuningCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None);
