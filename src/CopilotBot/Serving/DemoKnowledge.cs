using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

/// <summary>The knowledge of an invented company that ships beside the executable: the source when there is no other.</summary>
internal static class DemoKnowledge
{
    public static SourceName Name { get; } = new("demo");

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Demo");

    public static SourceRegistration Registration { get; } = new(Name, "files", Folder, [], null);

    /// <summary>Name and folder must fit: a person picker over anything else would let everybody be anybody.</summary>
    public static bool IsDemo(SourceRegistration source) => source.Name == Name && source.Path == Folder;
}
