using System.Globalization;
using System.Runtime.InteropServices;

namespace CopilotBot.Sources.Attachments.Confinement;

/// <summary>
/// Takes from this process, for good, what reading a file never needs: writing files, starting programs, sockets, and more memory and processor time than
/// the limits. Linux on x64 and arm64; elsewhere it takes nothing.
/// </summary>
internal static partial class ProcessLimits
{
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;
    private const int AddressSpace = 9;

    /// <summary>What the runtime itself takes beyond the objects: code, stacks of threads, tables of the collector.</summary>
    private const long RuntimeBytes = 256L * 1024 * 1024;

    /// <returns>What could not be taken, in a few fixed words; empty when all is.</returns>
    public static string Lower(int seconds, int memoryMegabytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this operating system";
        }

        var memory = (memoryMegabytes * 1024L * 1024) + RuntimeBytes;
        List<string> missing =
        [
            .. Limit(Cpu, seconds, seconds + 1) ? Array.Empty<string>() : ["processor time"],
            .. Limit(FileSize, 0) && Limit(Core, 0) && Limit(OpenFiles, 256) ? Array.Empty<string>() : ["files"],
            .. Limit(Data, InUse("VmData:") + memory) && Limit(AddressSpace, InUse("VmSize:") + memory) ? Array.Empty<string>() : ["memory"],
            .. CallFilter.TryInstall() ? Array.Empty<string>() : ["system calls"],
        ];
        return string.Join(", ", missing);
    }

    private static bool Limit(int resource, long value) => Limit(resource, value, value);

    /// <summary>At the soft limit of processor time the process is told by a signal of its own, which its parent knows; only the hard one is like any other end.</summary>
    private static bool Limit(int resource, long soft, long hard) => SetLimit(resource, new ResourceLimit((nuint)soft, (nuint)hard)) == 0;

    /// <summary>Bytes by /proc/self/status: the collector has set aside its whole range when the process begins.</summary>
    private static long InUse(string field)
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) ?? "";
        return long.TryParse(line[Math.Min(field.Length, line.Length)..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : 0;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(nuint Soft, nuint Hard);
}
