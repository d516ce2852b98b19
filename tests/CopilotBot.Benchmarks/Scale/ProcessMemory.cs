using System.Globalization;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>What Linux says about the memory of this process, in MiB.</summary>
/// <param name="Resident">All of it, pages of mapped files among them.</param>
/// <param name="Highest">The most that was resident at a time.</param>
/// <param name="Files">Pages of mapped files.</param>
internal sealed record ProcessMemory(long Resident, long Highest, long Files)
{
    public static ProcessMemory Read()
    {
        var values = File.ReadLines("/proc/self/status").Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length == 3 && parts[2] == "kB")
            .ToDictionary(parts => parts[0].TrimEnd(':'), parts => long.Parse(parts[1], CultureInfo.InvariantCulture) / 1024);
        return new ProcessMemory(values["VmRSS"], values["VmHWM"], values["RssFile"]);
    }
}
