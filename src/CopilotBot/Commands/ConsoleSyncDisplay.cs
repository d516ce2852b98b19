using System.Threading.Channels;
using CopilotBot.Sync;
using Spectre.Console;

namespace CopilotBot.Commands;

/// <summary>A progress bar per source where the console is a terminal, otherwise a line now and then.</summary>
internal sealed class ConsoleSyncDisplay(IAnsiConsole console, TimeProvider time) : ISyncDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private Channel<SyncProgress>? _reports;
    private Task _display = Task.CompletedTask;

    public static ConsoleSyncDisplay ForStandardError(TimeProvider time) => new(
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Yes,
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        }),
        time);

    public void Report(SyncProgress value)
    {
        lock (_gate)
        {
            if (_reports is null)
            {
                _reports = Channel.CreateUnbounded<SyncProgress>(new UnboundedChannelOptions { SingleReader = true });
                var reader = _reports.Reader;
                _display = console.Profile.Capabilities.Interactive ? ShowBarsAsync(reader) : ShowLinesAsync(reader);
            }

            _reports.Writer.TryWrite(value);
        }
    }

    public async Task FinishAsync()
    {
        Task display;
        lock (_gate)
        {
            _reports?.Writer.Complete();
            _reports = null;
            display = _display;
        }

        await display;
    }

    /// <summary>"demo: 12 of 48 documents, 96 passages".</summary>
    public static string Describe(SyncProgress progress) =>
        $"{progress.Source}: {progress.Seen}{(progress.Expected is { } expected ? $" of {expected}" : "")} documents, {progress.Chunks} passages";

    private Task ShowBarsAsync(ChannelReader<SyncProgress> reports) => console.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async display =>
        {
            var bars = new Dictionary<string, ProgressTask>();
            await foreach (var report in reports.ReadAllAsync(CancellationToken.None))
            {
                if (!bars.TryGetValue(report.Source.Value, out var bar))
                {
                    bars[report.Source.Value] = bar = display.AddTask(Markup.Escape(report.Source.Value));
                }

                bar.IsIndeterminate = report.Expected is null;
                bar.MaxValue = Math.Max(1, report.Expected ?? 1);
                bar.Value = report.Seen;
                bar.Description = $"Indexing {Markup.Escape(Describe(report))}";
            }
        });

    private async Task ShowLinesAsync(ChannelReader<SyncProgress> reports)
    {
        SyncProgress? held = null;
        long? shown = null;
        await foreach (var report in reports.ReadAllAsync(CancellationToken.None))
        {
            var due = shown is null || time.GetElapsedTime(shown.Value) >= LineInterval || held?.Source != report.Source;
            held = report;
            if (due)
            {
                shown = time.GetTimestamp();
                console.Profile.Out.Writer.WriteLine($"Indexing {Describe(report)}");
                held = report with { Chunks = -1 };
            }
        }

        if (held is { Chunks: >= 0 })
        {
            console.Profile.Out.Writer.WriteLine($"Indexing {Describe(held)}");
        }
    }
}
