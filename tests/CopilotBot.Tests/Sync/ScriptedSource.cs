using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Sync;

/// <summary>A source that reports what a test says; it keeps the rules of <see cref="ISource"/> unless the test breaks them.</summary>
internal sealed class ScriptedSource : ISource
{
    public SourceName Name => Some.Source;

    public List<Document> Documents { get; } = [];

    public List<SourceChange> Others { get; } = [];

    public List<AccessLayer> Layers { get; } = [];

    public List<Person> People { get; } = [];

    public string Cursor { get; set; } = "1";

    /// <summary>The listing ends without its proper end.</summary>
    public bool BreaksOff { get; set; }

    /// <summary>Fails with this message behind the documents.</summary>
    public string? Failure { get; set; }

    public List<SyncCursor?> Asked { get; } = [];

    public Action BeforeDocuments { get; set; } = () => { };

    public async IAsyncEnumerable<SourceChange> GetChangesAsync(SyncCursor? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Asked.Add(since);
        if (since?.Value == Cursor)
        {
            yield return new SourceChange.Unchanged();
            yield return new SourceChange.Completed(new SyncCursor(Cursor));
            yield break;
        }

        yield return new SourceChange.Directory(Layers, People, Documents.Count);
        BeforeDocuments();
        foreach (var document in Documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SourceChange.Seen(document);
        }

        foreach (var change in Others)
        {
            yield return change;
        }

        if (Failure is not null)
        {
            throw new SourceException(Failure);
        }

        if (!BreaksOff)
        {
            yield return new SourceChange.Completed(new SyncCursor(Cursor));
        }
    }
}
