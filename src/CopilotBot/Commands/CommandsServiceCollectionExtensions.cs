namespace CopilotBot.Commands;

internal static class CommandsServiceCollectionExtensions
{
    /// <summary>All verbs; they are made anew for each command line.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton<CommandAskers>()
        .AddTransient<AskCommand>()
        .AddTransient<SyncCommand>()
        .AddTransient<SourceAddFilesCommand>()
        .AddTransient<SourceAddLiveCommand>()
        .AddTransient<SourceTestCommand>()
        .AddTransient<SyncStatusCommand>()
        .AddTransient<SourceListCommand>()
        .AddTransient<SourceRemoveCommand>()
        .AddTransient<IndexStatsCommand>()
        .AddTransient<EvalAnswersCommand>()
        .AddTransient<EvalRetrievalCommand>()
        .AddTransient<EvalReportCommand>()
        .AddTransient<ExtractReadCommand>()
        .AddTransient<ExtractEvalCommand>()
        .AddTransient<ExtractExportCommand>()
        .AddTransient<FeedbackCommand>()
        .AddTransient<AnnounceCommand>()
        .AddTransient<ModelsCommand>()
        .AddSingleton<FineTuningProcess>()
        .AddTransient<ExtractTrainCommand>()
        .AddTransient<ExtractLabelCommand>()
        .AddTransient<ExtractPromoteCommand>()
        .AddTransient<ExtractRollbackCommand>()
        .AddTransient<ManifestSlackCommand>()
        .AddTransient<ManifestTeamsCommand>();
}
