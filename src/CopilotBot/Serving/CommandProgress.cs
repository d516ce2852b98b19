using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

/// <summary><see cref="SyncProgress"/> on the wire.</summary>
internal sealed record CommandProgress(string Source, int? Expected, int Seen, int Chunks)
{
    public static CommandProgress Of(SyncProgress progress) => new(progress.Source.Value, progress.Expected, progress.Seen, progress.Chunks);

    public SyncProgress ToProgress() => new(new SourceName(Source), Expected, Seen, Chunks);
}
