using System.Globalization;
using System.Runtime.InteropServices;

namespace CopilotBot.Commands;

/// <summary>What a latency has to be read with.</summary>
internal static class Machine
{
    /// <summary>"2 cores, 24 GiB, X64, .NET 10.0.0"</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0} GiB, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}");
}
