using System.Runtime.InteropServices;

namespace CopilotBot.Sources.Attachments.Confinement;

/// <summary>Installs a seccomp filter over all threads of this process. Children and later threads inherit it, and nothing takes it off.</summary>
internal static unsafe partial class CallFilter
{
    private const int SetNoNewPrivileges = 38;

    private const int FilterMode = 1;

    private const int AllThreads = 1;

    public static bool TryInstall()
    {
        if (CallNumbers.Current is not { } numbers)
        {
            return false;
        }

        var program = FilterProgram.Write(numbers);
        fixed (FilterInstruction* first = program)
        {
            var header = new FilterHeader { Length = (ushort)program.Length, First = first };
            return Prctl(SetNoNewPrivileges, 1, 0, 0, 0) == 0 && Call(numbers.Seccomp, FilterMode, AllThreads, (nint)(&header)) == 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint first, nint second, nint third);

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterHeader
    {
        public ushort Length;
        public FilterInstruction* First;
    }
}
