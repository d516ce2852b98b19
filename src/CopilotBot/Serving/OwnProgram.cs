using System.Globalization;
using System.Runtime.InteropServices;

namespace CopilotBot.Serving;

/// <summary>How this program starts itself again, for work that is done in a process of its own.</summary>
internal static class OwnProgram
{
    /// <summary>The runtime with the program's library, or the program itself where it carries its runtime.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Find()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "CopilotBot.dll");
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(library) && File.Exists(runtime)
            ? (runtime, [library])
            : (System.Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known."), []);
    }

    /// <summary>All that such a process finds in its environment: settings of the runtime, and nothing of this process's own.</summary>
    public static IEnumerable<(string Name, string Value)> Environment(int memoryMegabytes)
    {
        yield return ("DOTNET_GCHeapHardLimit", (memoryMegabytes * 1024L * 1024).ToString("X", CultureInfo.InvariantCulture));
        yield return ("DOTNET_gcServer", "0");
        yield return ("DOTNET_gcConcurrent", "0");
        yield return ("DOTNET_EnableDiagnostics", "0");
        yield return ("DOTNET_EnableWriteXorExecute", "0");
        yield return ("DOTNET_TieredPGO", "0");
        yield return ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
        yield return ("DOTNET_NOLOGO", "1");
        if (OperatingSystem.IsWindows())
        {
            yield return ("SystemRoot", System.Environment.GetFolderPath(System.Environment.SpecialFolder.Windows));
        }
    }
}
