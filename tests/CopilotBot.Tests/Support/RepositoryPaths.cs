namespace CopilotBot.Tests.Support;

/// <summary>Where the checkout lies that the tests were built from.</summary>
internal static class RepositoryPaths
{
    /// <summary>The folder of CopilotBot.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Data beside the checkout that is not part of it; may be absent.</summary>
    public static string Shared { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CopilotBot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CopilotBot.sln stands in no folder above the tests.");
    }
}
