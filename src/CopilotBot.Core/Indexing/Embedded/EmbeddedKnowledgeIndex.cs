using CopilotBot.Knowledge;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// The index in a folder of this machine. "text" is a Lucene index of words, access sets and the places of passages; "passages" holds text and
/// vectors. Passages are appended and flushed first, then a Lucene commit names how long the passage files are: that commit is the one step.
/// </summary>
internal sealed partial class EmbeddedKnowledgeIndex : IKnowledgeIndex
{
    private readonly string _folder;
    private readonly string _encoder;
    private readonly EmbeddedIndexOptions _options;
    private readonly ILogger<EmbeddedKnowledgeIndex> _logger;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly PassageFolder _passages;
    private readonly FSDirectory _text;
    private volatile IndexSnapshot? _snapshot;
    private IndexWriter? _writer;

    private EmbeddedKnowledgeIndex(string folder, string encoder, EmbeddedIndexOptions options, ILogger<EmbeddedKnowledgeIndex> logger)
    {
        _folder = folder;
        _encoder = encoder;
        _options = options;
        _logger = logger;
        _passages = new PassageFolder(Path.Combine(folder, "passages"));
        _text = FSDirectory.Open(Path.Combine(folder, "text"));
    }

    /// <summary>Opens the index of a folder as of its last commit, or makes an empty one.</summary>
    /// <param name="encoder">Fingerprint of the encoder whose vectors it holds.</param>
    /// <exception cref="IndexException">The folder is in use, damaged, of another encoder, or cannot be written.</exception>
    public static EmbeddedKnowledgeIndex Open(string folder, string encoder, EmbeddedIndexOptions options, ILogger<EmbeddedKnowledgeIndex> logger)
    {
        var path = Path.GetFullPath(folder);
        return IndexFaults.Translate(path, () =>
        {
            System.IO.Directory.CreateDirectory(Path.Combine(path, "text"));
            var index = new EmbeddedKnowledgeIndex(path, encoder, options, logger);
            try
            {
                index.OpenWriter();
                index.Publish(index.RollBackPassages);
                Log.Opened(logger, path, index.Current.Manifest.Generation, index.Current.Chunks.Ordered.Length);
                return index;
            }
            catch
            {
                index.Close();
                throw;
            }
        });
    }

    public async Task ApplyAsync(IndexBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _ = Current;
            if (batch.Upserts.Count + batch.Deletions.Count + batch.AccessChanges.Count > 0)
            {
                await Task.Run(() => IndexFaults.Translate(_folder, () => Apply(batch, cancellationToken)), cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public IKnowledgeView OpenView(AllowedSets allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        var snapshot = HoldCurrent();
        try
        {
            return new EmbeddedKnowledgeView(snapshot, snapshot.GetVisible(allowed), _options, _folder);
        }
        catch
        {
            snapshot.Release();
            throw;
        }
    }

    public IReadOnlySet<DocumentId> GetDocuments(SourceName source)
    {
        var snapshot = HoldCurrent();
        try
        {
            return snapshot.Chunks.DocumentIds.Where(id => id.Source == source).ToHashSet();
        }
        finally
        {
            snapshot.Release();
        }
    }

    public IndexStatistics GetStatistics()
    {
        var snapshot = HoldCurrent();
        try
        {
            var bySource = snapshot.Chunks.DocumentIds.CountBy(id => id.Source.Value).ToDictionary(StringComparer.Ordinal);
            var bytes = new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);
            return new IndexStatistics(
                snapshot.Chunks.DocumentIds.Count, snapshot.Chunks.Ordered.Length, snapshot.Chunks.Tokens, snapshot.Manifest.Generation, bytes, bySource);
        }
        finally
        {
            snapshot.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            Close();
        }
        finally
        {
            _writing.Release();
        }
    }

    private IndexSnapshot Current => _snapshot ?? throw new ObjectDisposedException(nameof(EmbeddedKnowledgeIndex));

    private IndexSnapshot HoldCurrent()
    {
        // A commit may let go of the snapshot between reading and holding it; then there is a newer one.
        var snapshot = Current;
        while (!snapshot.TryHold())
        {
            snapshot = Current;
        }

        return snapshot;
    }

    private bool Apply(IndexBatch batch, CancellationToken cancellationToken)
    {
        var writer = _writer ?? OpenWriter();
        try
        {
            using var appender = new PassageAppender(_passages, Current.Manifest, _options.PassagesPerFile);
            var manifest = new BatchWriter(writer, appender, Current, _folder).Write(batch, cancellationToken) with { Encoder = _encoder };
            writer.SetCommitData(manifest.ToCommitData());
            writer.Commit();
        }
        catch
        {
            // Forgets what was not committed. Where the commit itself failed half-way, the reopened writer finds out which one stands.
            _writer = null;
            writer.Rollback();
            OpenWriter();
            Publish(_ => { });
            throw;
        }

        Publish(_ => { });
        return true;
    }

    private IndexWriter OpenWriter()
    {
        if (!DirectoryReader.IndexExists(_text) && (_passages.HasFiles || _text.ListAll().Any(file => file.StartsWith('_'))))
        {
            throw new CorruptIndexException("There are passages or segments but no commit.");
        }

        // Merges run inside the commit that causes them: no thread outlives a call. Norms and stored fields are not used.
        var config = new IndexWriterConfig(Lucene.Net.Util.LuceneVersion.LUCENE_48, analyzer: null)
        {
            MergeScheduler = new SerialMergeScheduler(),
            OpenMode = OpenMode.CREATE_OR_APPEND,
        };
        var writer = new IndexWriter(_text, config);
        _writer = writer;
        if (!DirectoryReader.IndexExists(_text))
        {
            writer.SetCommitData(IndexManifest.Empty.ToCommitData());
            writer.Commit();
        }

        return writer;
    }

    private void RollBackPassages(IndexManifest manifest)
    {
        var removed = _passages.RollBackTo(manifest);
        if (removed > 0)
        {
            Log.RolledBack(_logger, _folder, removed);
        }
    }

    /// <summary>Makes the last commit the one that new views see.</summary>
    private void Publish(Action<IndexManifest> beforeMapping)
    {
        var previous = _snapshot;
        var reader = previous is null ? DirectoryReader.Open(_text) : DirectoryReader.OpenIfChanged(previous.Reader);
        if (reader is null)
        {
            return;
        }

        try
        {
            var manifest = IndexManifest.Parse(reader.IndexCommit.UserData) ?? throw IndexFaults.OtherVersion(_folder);
            if (manifest.Files.Count > 0 && manifest.Encoder.Length > 0 && manifest.Encoder != _encoder)
            {
                throw IndexFaults.OtherEncoder(_folder);
            }

            beforeMapping(manifest);
            var files = _passages.Map(manifest, previous?.Files ?? []);
            _snapshot = new IndexSnapshot(reader, manifest, files, _options.CachedViews);
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        if (previous is not null)
        {
            foreach (var file in previous.Files.Where(file => Current.Manifest.Files.All(kept => kept.Number != file.Length.Number)))
            {
                Log.Reclaimed(_logger, file.Length.Number, _folder);
                file.DeleteWhenReleased();
            }

            previous.Release();
        }
    }

    private void Close()
    {
        // Everything that was promised is committed; a commit now could only add what was not.
        _writer?.Rollback();
        _writer = null;
        _snapshot?.Release();
        _snapshot = null;
        _text.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Opened the index in {Folder}: commit {Generation}, {Chunks} chunks")]
        public static partial void Opened(ILogger logger, string folder, long generation, int chunks);

        [LoggerMessage(LogLevel.Warning, "Removed {Bytes} bytes that an interrupted write left in the index in {Folder}")]
        public static partial void RolledBack(ILogger logger, string folder, long bytes);

        [LoggerMessage(LogLevel.Debug, "Passage file {Number} of the index in {Folder} is no longer used")]
        public static partial void Reclaimed(ILogger logger, int number, string folder);
    }
}
