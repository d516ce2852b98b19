namespace CopilotBot.Storage;

/// <summary>The one folder that holds everything: state, index, pulled models, lock and socket. Only its owner may enter it.</summary>
public sealed class DataFolder
{
    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public string StateFile => System.IO.Path.Combine(Path, "state.db");

    public string IndexFolder => System.IO.Path.Combine(Path, "index");

    public string ModelsFolder => System.IO.Path.Combine(Path, "models");

    public string LockFile => System.IO.Path.Combine(Path, "server.lock");

    public string SocketPath => System.IO.Path.Combine(Path, "server.sock");

    /// <summary>Opens the folder, making it where it does not exist, and tries that it can be read and written.</summary>
    /// <exception cref="DataFolderException">It cannot.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (!Directory.Exists(full))
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(full);
                }
                else
                {
                    Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }
            }

            _ = Directory.EnumerateFileSystemEntries(full).Any();
            var probe = System.IO.Path.Combine(full, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new DataFolder(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder '{full}' cannot be read and written: give this user access to it, or name another with --data.", exception);
        }
    }
}
