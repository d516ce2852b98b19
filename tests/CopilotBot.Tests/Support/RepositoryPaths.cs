namespace CopilotBot.Tests.Support;

/// <summary>Where the checkout and the folder beside it are.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = FindRoot();

    /// <summary>Evaluation sets and samples beside the checkout; tests that need it are skipped where it is absent.</summary>
    public static string Shared { get; } = Path.Combine(Root, "..", "shared");

    public static string Models { get; } = Path.Combine(Root, "src", "CopilotBot.Models");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CopilotBot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CopilotBot.sln was not found above the test output.");
    }
}
