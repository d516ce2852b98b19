using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using LiteDB;

namespace CopilotBot.Storage;

/// <summary>
/// The state file; every store goes through it. Writes are transactions, one after another; reads run beside them. What was written survives a killed
/// process; it is not flushed to the disk, so a power cut may lose the last writes.
/// </summary>
public sealed class CopilotDatabase : IDisposable
{
    private const int SchemaVersion = 1;

    /// <summary>Writes that wait for the file together: enough to share the wait, few enough that nobody works long for others.</summary>
    private const int MostAtOnce = 32;

    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(30);

    private readonly DataFolder _folder;

    private readonly string _logFile;

    private readonly LiteDatabase _lite;

    private readonly ConcurrentQueue<WaitingWrite> _urgent = new();

    private readonly ConcurrentQueue<WaitingWrite> _others = new();

    private readonly SemaphoreSlim _waiting = new(0);

    private readonly Lock _closing = new();

    private readonly Thread _writer;

    private volatile bool _isClosing;

    private CopilotDatabase(DataFolder folder)
    {
        _folder = folder;
        _logFile = Path.Combine(Path.GetDirectoryName(folder.StateFile)!, $"{Path.GetFileNameWithoutExtension(folder.StateFile)}-log{Path.GetExtension(folder.StateFile)}"); // a file is in a folder

        // Checked first: LiteDB takes a foreign file for a new one in some cases and for an encrypted one in others.
        ThrowIfForeign(folder.StateFile);

        // Ordinal: the default collation takes "README.md" and "readme.md" for one id.
        _lite = new LiteDatabase(
            new ConnectionString { Filename = folder.StateFile, Connection = ConnectionType.Direct, Collation = new Collation(127, CompareOptions.Ordinal) },
            new BsonMapper());
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "state writer" };
        _writer.Start();
    }

    /// <exception cref="DataFolderException">The file is damaged, in use, or of a newer version.</exception>
    public static CopilotDatabase Open(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var database = Guard(folder, () => new CopilotDatabase(folder));
        try
        {
            database.CheckSchema();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>What waits to be written is written before.</summary>
    public void Dispose()
    {
        lock (_closing)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            _waiting.Release();
        }

        _writer.Join();
        _waiting.Dispose();
        _lite.Dispose();
    }

    /// <summary>Runs a query. What it returns must not be lazy: a LiteDB cursor belongs to the thread that opened it.</summary>
    internal T Read<T>(Func<ILiteDatabase, T> read) => Guard(_folder, () => read(_lite));

    /// <summary>
    /// Makes the collections before anybody reads them: LiteDB closes its engine when one is made by a write while another thread looks for it ("page type must be
    /// collection page"), and then nothing can be read or written any more.
    /// </summary>
    internal void Prepare(params IReadOnlyList<string> collections) => Write(lite =>
    {
        foreach (var rows in collections.Where(name => !lite.CollectionExists(name)).Select(name => lite.GetCollection(name)))
        {
            rows.Insert(new BsonDocument { ["_id"] = "" });
            rows.Delete("");
        }
    });

    /// <summary>
    /// Runs all of <paramref name="write"/> or nothing of it, then <paramref name="committed"/> while no other write can start, both on the thread that writes. Not to be nested.
    /// </summary>
    internal void Write(Action<ILiteDatabase> write, Action? committed = null) => Run(_others, new WaitingWrite(write, committed));

    /// <summary>The same for what somebody waits for with a clock in hand: passes the writes that wait.</summary>
    internal void WriteNext(Action<ILiteDatabase> write) => Run(_urgent, new WaitingWrite(write, null));

    private void Run(ConcurrentQueue<WaitingWrite> queue, WaitingWrite write)
    {
        if (Thread.CurrentThread == _writer)
        {
            throw new InvalidOperationException("A write cannot wait for another one.");
        }

        lock (_closing)
        {
            ObjectDisposedException.ThrowIf(_isClosing, this);
            queue.Enqueue(write);
            _waiting.Release();
        }

        write.Wait();
    }

    private void WriteAll()
    {
        do
        {
            _waiting.Wait();
            while (WriteBatch())
            {
                // Until nobody waits.
            }
        }
        while (!_isClosing);
    }

    /// <summary>Each write is a transaction of its own; the file is waited for once.</summary>
    private bool WriteBatch()
    {
        List<WaitingWrite> batch = [];
        while (batch.Count < MostAtOnce && (_urgent.TryDequeue(out var next) || _others.TryDequeue(out next)))
        {
            batch.Add(next);
            next.Try(() => Guard(_folder, () => RunTransaction(next.Write)));
            if (next.Committed is not null)
            {
                break; // nothing else may be written before it has run
            }
        }

        if (batch.Count == 0)
        {
            return false;
        }

        var outage = new WaitingWrite(_ => { }, null);
        outage.Try(() => Guard(_folder, WaitForLog));
        foreach (var done in batch)
        {
            done.Failure ??= outage.Failure;
            if (done.Failure is null && done.Committed is { } committed)
            {
                done.Try(committed);
            }

            done.Finish();
        }

        return true;
    }

    private bool RunTransaction(Action<ILiteDatabase> write)
    {
        _lite.BeginTrans();
        try
        {
            write(_lite);
            return _lite.Commit();
        }
        catch
        {
            _lite.Rollback();
            throw;
        }
    }

    /// <summary>LiteDB commits in memory and leaves the log to another thread: until the file has all of it, a kill loses what this process already said yes to.</summary>
    private bool WaitForLog()
    {
        var length = _lite.GetCollection("$database").FindAll().First()["logFileSize"].AsInt64;
        return length == 0 || SpinWait.SpinUntil(() => new FileInfo(_logFile) is { Exists: true } log && log.Length >= length, LogPatience)
            ? true
            : throw new IOException("The log of the state file could not be written.");
    }

    private void CheckSchema()
    {
        var version = Read(lite => lite.GetCollection("counters").FindById("schema")?["value"].AsInt64 ?? 0);
        if (version > SchemaVersion)
        {
            throw new DataFolderException($"The state file '{_folder.StateFile}' was written by a newer CopilotBot: use that version, or name another folder with --data.");
        }

        if (version == 0)
        {
            Write(lite => lite.GetCollection("counters").Upsert(new BsonDocument { ["_id"] = "schema", ["value"] = (long)SchemaVersion }));
        }
    }

    /// <summary>
    /// A damaged page shows as whatever exception its bytes lead LiteDB or a parser to, so everything counts as damage that is not an outage
    /// of the disk, a use that our own code refuses, or a lock that was waited for too long.
    /// </summary>
    private static T Guard<T>(DataFolder folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is (IOException or UnauthorizedAccessException) and not InvalidDataException)
        {
            throw new DataFolderException(
                $"The state file '{folder.StateFile}' cannot be read and written: stop the process that uses it, give this user access to it, or free space on its disk.", error);
        }
        catch (Exception error) when (error is not (DataFolderException or InvalidOperationException or LiteException { ErrorCode: LiteException.LOCK_TIMEOUT }))
        {
            throw new DataFolderException(
                $"The state file '{folder.StateFile}' is damaged: move it away and run 'CopilotBot sync --full' to build it again (sources other than the demo have to be added again first).", error);
        }
    }

    /// <summary>A write and what became of it.</summary>
    private sealed class WaitingWrite(Action<ILiteDatabase> write, Action? committed)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action<ILiteDatabase> Write { get; } = write;

        public Action? Committed { get; } = committed;

        public ExceptionDispatchInfo? Failure { get; set; }

        public void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                // It belongs to whoever waits for this write.
                Failure = ExceptionDispatchInfo.Capture(exception);
            }
        }

        public void Finish() => _done.SetResult();

        public void Wait()
        {
            _done.Task.GetAwaiter().GetResult();
            Failure?.Throw();
        }
    }

    private static void ThrowIfForeign(string path)
    {
        const int headerOffset = 32;
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[headerOffset + 27];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header[headerOffset..].SequenceEqual("** This is a LiteDB file **"u8))
        {
            throw new InvalidDataException("No LiteDB header.");
        }
    }
}
