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

    private readonly Lock _writing = new();

    private readonly ConcurrentQueue<WaitingWrite> _urgent = new();

    private readonly ConcurrentQueue<WaitingWrite> _others = new();

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

    public void Dispose() => _lite.Dispose();

    /// <summary>Runs a query. What it returns must not be lazy: a LiteDB cursor belongs to the thread that opened it.</summary>
    internal T Read<T>(Func<ILiteDatabase, T> read) => Guard(_folder, () => read(_lite));

    /// <summary>
    /// Runs all of <paramref name="write"/> or nothing of it, then <paramref name="committed"/> while no other write can start. It may run on another thread that
    /// writes as well. Not to be nested.
    /// </summary>
    internal void Write(Action<ILiteDatabase> write, Action? committed = null) => Run(_others, new WaitingWrite(write, committed));

    /// <summary>The same for what somebody waits for with a clock in hand: passes the writes that wait.</summary>
    internal void WriteNext(Action<ILiteDatabase> write) => Run(_urgent, new WaitingWrite(write, null));

    /// <summary>Whoever gets the lock works off what all of them wait for: each is a transaction of its own, and the file is waited for once.</summary>
    private void Run(ConcurrentQueue<WaitingWrite> queue, WaitingWrite mine)
    {
        queue.Enqueue(mine);
        lock (_writing)
        {
            while (!mine.IsDone)
            {
                WorkOff();
            }
        }

        mine.Failure?.Throw();
    }

    private void WorkOff()
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

        var outage = new WaitingWrite(_ => { }, null);
        outage.Try(() => Guard(_folder, WaitForLog));
        foreach (var done in batch)
        {
            done.Failure ??= outage.Failure;
            if (done.Failure is null && done.Committed is { } committed)
            {
                done.Try(committed);
            }

            done.IsDone = true;
        }
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

    /// <summary>A write and what became of it; touched by one thread at a time, under the lock.</summary>
    private sealed class WaitingWrite(Action<ILiteDatabase> write, Action? committed)
    {
        public Action<ILiteDatabase> Write { get; } = write;

        public Action? Committed { get; } = committed;

        public bool IsDone { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }

        public void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                // It belongs to whoever waits for this write, not to who happens to do it.
                Failure = ExceptionDispatchInfo.Capture(exception);
            }
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
