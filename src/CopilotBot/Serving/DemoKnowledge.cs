using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

/// <summary>The knowledge of an invented company that ships beside the executable: the source when there is no other.</summary>
internal static class DemoKnowledge
{
    public static SourceName Name { get; } = new("demo");

    /// <summary>Stands for a folder that moves with the executable; no path that somebody registers can look like it, as those are absolute.</summary>
    private const string Path = "demo:";

    public static SourceRegistration Registration { get; } = new(Name, "files", Path, [], null);

    /// <summary>Never the name alone: a person picker over anything else would let everybody be anybody.</summary>
    public static bool IsDemo(SourceRegistration source) => source.Name == Name && source.Path == Path;

    public static string FolderOf(SourceRegistration source) => IsDemo(source) ? System.IO.Path.Combine(AppContext.BaseDirectory, "Demo") : source.Path;
}
