using Lucene.Net.Index;
using Lucene.Net.Store;

namespace CopilotBot.Indexing.Embedded;

/// <summary>What the admin reads when the index cannot be used.</summary>
internal static class IndexFaults
{
    /// <summary>COR_E_IO: thrown by Lucene itself, which could not make sense of what it read; the system's errors have numbers of their own.</summary>
    private const int NoSystemError = unchecked((int)0x80131620);

    /// <summary>Runs the work; what the disk or Lucene has against it becomes one sentence.</summary>
    public static T Translate<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LockObtainFailedException exception)
        {
            throw InUse(folder, exception);
        }
        catch (Exception exception) when (exception is CorruptIndexException or IndexFormatTooOldException or IndexFormatTooNewException or IndexNotFoundException
            or InvalidDataException or EndOfStreamException or FileNotFoundException or FormatException or KeyNotFoundException
            || exception is IOException { HResult: NoSystemError })
        {
            throw Damaged(folder, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, exception);
        }
    }

    public static IndexException Damaged(string folder, Exception? cause) =>
        new($"The index in '{folder}' is damaged: delete that folder and run `CopilotBot sync --full`.", cause);

    public static IndexException OtherVersion(string folder) =>
        new($"The index in '{folder}' was written by another version: delete that folder and run `CopilotBot sync --full`.");

    public static IndexException OtherEncoder(string folder) =>
        new($"The index in '{folder}' was built with another encoder model: delete that folder and run `CopilotBot sync --full`.");

    private static IndexException InUse(string folder, Exception cause) =>
        new($"The index in '{folder}' is in use by another process: stop it, or use another data folder (--data).", cause);

    private static IndexException NotWritable(string folder, Exception cause) =>
        new($"The index folder '{folder}' cannot be written: make it writable and check that the disk has space, or use another data folder (--data).", cause);
}
