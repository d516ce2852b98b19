namespace CopilotBot.Commands;

/// <summary>Where the verbs for manifests write, and the names and addresses that they take.</summary>
internal static class ManifestOutput
{
    /// <returns>Why nothing can be written there, in one sentence, or null.</returns>
    public static string? FindProblem(string path) =>
        Directory.Exists(path) ? $"'{path}' is a folder: name a file in it with --out."
        : Directory.Exists(Path.GetDirectoryName(path)) ? null
        : $"The folder '{Path.GetDirectoryName(path)}' does not exist: make it, or name another file with --out.";

    public static bool IsName(string name, int longest) => name.Trim().Length > 0 && name.Trim().Length <= longest && !name.Any(char.IsControl);

    public static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address is { UserInfo: "", Query: "", Fragment: "" };

    /// <summary>Writes the file and says where it is.</summary>
    public static async Task<int> WriteAsync(string path, byte[] content, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, content, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"'{path}' cannot be written: give this user access to it, free space on its disk, or name another file with --out.");
        }

        await context.Out.WriteLineAsync(path);
        return ExitCode.Ok;
    }
}
