namespace CopilotBot.Storage;

/// <summary>The one folder that holds everything: state, index, pulled models, lock and socket. Whoever opens the state or the index holds its <see cref="DataFolderLock"/>.</summary>
public sealed class DataFolder
{
    private DataFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string StateFile => System.IO.Path.Combine(Path, "state.db");

    public string IndexFolder => System.IO.Path.Combine(Path, "index");

    public string ModelsFolder => System.IO.Path.Combine(Path, "models");

    /// <summary>Indexes of evaluation sets; can be deleted at any time.</summary>
    public string EvaluationFolder => System.IO.Path.Combine(Path, "eval");

    public string LockFile => System.IO.Path.Combine(Path, "server.lock");

    public string SocketPath => System.IO.Path.Combine(Path, "server.sock");

    /// <summary>Opens the folder, making it for its owner alone where it does not exist, and tries that it can be read and written.</summary>
    /// <exception cref="DataFolderException">It cannot.</exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new DataFolderException($"The data folder '{full}' is a file: name a folder with --data.");
        }

        try
        {
            Create(full);
            _ = Directory.EnumerateFileSystemEntries(full).Any();
            var probe = System.IO.Path.Combine(full, $".probe-{Guid.CreateVersion7():n}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new DataFolder(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException(
                $"The data folder '{full}' cannot be read and written: give this user access to it, free space on its disk, or name another with --data.", exception);
        }
    }

    private static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return; // its mode is the choice of whoever made it
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
