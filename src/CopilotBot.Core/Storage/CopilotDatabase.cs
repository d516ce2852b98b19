using LiteDB;

namespace CopilotBot.Storage;

/// <summary>The state file. LiteDB survives a killed process; it does not flush to disk on commit, so a power cut may lose the last writes.</summary>
public sealed class CopilotDatabase : IDisposable
{
    private CopilotDatabase(LiteDatabase database) => Lite = database;

    internal LiteDatabase Lite { get; }

    /// <summary>Held by whoever writes several collections in one transaction: LiteDB transactions belong to a thread.</summary>
    internal Lock WriteLock { get; } = new();

    /// <exception cref="DataFolderException">The file is damaged or in use.</exception>
    public static CopilotDatabase Open(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            // Checked first: LiteDB takes a foreign file for a new one in some cases and for an encrypted one in others.
            ThrowIfForeign(folder.StateFile);
            var database = new LiteDatabase(new ConnectionString { Filename = folder.StateFile, Connection = ConnectionType.Direct }, new BsonMapper());
            _ = database.GetCollectionNames().Count();
            return new CopilotDatabase(database);
        }
        catch (Exception exception) when (exception is LiteException or InvalidCastException or IndexOutOfRangeException or ArgumentException or InvalidDataException)
        {
            throw new DataFolderException(
                $"The state file '{folder.StateFile}' is damaged: move it away and run 'CopilotBot sync --full' to build it again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The state file '{folder.StateFile}' cannot be opened: stop the process that uses it, or give this user access to it.", exception);
        }
    }

    /// <summary>Runs <paramref name="write"/> as one transaction.</summary>
    internal void InTransaction(Action write)
    {
        lock (WriteLock)
        {
            Lite.BeginTrans();
            try
            {
                write();
                Lite.Commit();
            }
            catch
            {
                Lite.Rollback();
                throw;
            }
        }
    }

    public void Dispose() => Lite.Dispose();

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
