namespace CopilotBot.Storage;

/// <summary>
/// Held by the one process that works on a data folder; the system drops it when the process ends, however it ends. The file itself stays:
/// removing it would let two processes hold two files of the same name.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    /// <summary>A sharing violation as .NET reports it: on Windows, and as the error numbers of Linux and macOS.</summary>
    private static readonly int[] HeldCodes = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream _stream;

    private DataFolderLock(FileStream stream) => _stream = stream;

    /// <summary>The lock, or null when another process (or another holder in this one) has it.</summary>
    /// <exception cref="DataFolderException">The lock file cannot be opened at all.</exception>
    public static DataFolderLock? TryAcquire(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return new DataFolderLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (HeldCodes.Contains(error.HResult))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The file '{folder.LockFile}' cannot be opened: give this user access to it, or name another folder with --data.", error);
        }
    }

    public void Dispose() => _stream.Dispose();
}
