using System.Runtime.InteropServices;

namespace CopilotBot.Sources.Attachments.Confinement;

/// <summary>Numbers of system calls, which differ by architecture.</summary>
/// <param name="Machine">As the kernel's audit names it.</param>
/// <param name="Refused">Sockets, programs, other processes, changes to files, and ways around the filter (io_uring makes sockets without a call of that name).</param>
/// <param name="Missing">Calls whose arguments a filter cannot see: the C library falls back to the older ones.</param>
/// <param name="Opens">Calls that open files, and which of their arguments holds the flags.</param>
/// <param name="NewTask">clone, which makes threads as well as processes.</param>
/// <param name="LimitOf">prlimit64, which also raises limits.</param>
internal sealed record CallNumbers(
    uint Machine, int Seccomp, uint NewTask, uint LimitOf, IReadOnlyList<uint> Refused, IReadOnlyList<uint> Missing, IReadOnlyList<(uint Number, uint Flags)> Opens)
{
    private const uint Clone3 = 435;
    private const uint Openat2 = 437;

    /// <summary>io_uring_setup, _enter and _register, pidfd_send_signal, pidfd_open and pidfd_getfd: the same everywhere.</summary>
    private static readonly uint[] RefusedEverywhere = [424, 425, 426, 427, 434, 438];

    private static readonly CallNumbers X64 = new(
        0xC000003E, Seccomp: 317, NewTask: 56, LimitOf: 302,
        [
            41, 42, 43, 44, 46, 49, 50, 53, 288, 307, // socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, accept4, sendmmsg
            57, 58, 59, 322, // fork, vfork, execve, execveat
            62, 129, 200, 101, 310, 311, // kill, rt_sigqueueinfo, tkill, ptrace, process_vm_readv, process_vm_writev
            76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 133, // truncate, rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, chown, mknod
            258, 259, 260, 263, 264, 265, 266, 268, 316, // mkdirat, mknodat, fchownat, unlinkat, renameat, linkat, symlinkat, fchmodat, renameat2
            155, 160, 161, 165, 248, 249, 250, 298, 319, 321, 323, // pivot_root, setrlimit, chroot, mount, the keyring's, perf_event_open, memfd_create, bpf, userfaultfd
            .. RefusedEverywhere,
        ],
        [Clone3, Openat2], [(2, 1), (257, 2)]);

    private static readonly CallNumbers Arm64 = new(
        0xC00000B7, Seccomp: 277, NewTask: 220, LimitOf: 261,
        [
            198, 199, 200, 201, 202, 203, 206, 211, 242, 269, // socket, socketpair, bind, listen, accept, connect, sendto, sendmsg, accept4, sendmmsg
            221, 281, // execve, execveat
            129, 130, 138, 117, 270, 271, // kill, tkill, rt_sigqueueinfo, ptrace, process_vm_readv, process_vm_writev
            33, 34, 35, 36, 37, 38, 45, 53, 54, 276, // mknodat, mkdirat, unlinkat, symlinkat, linkat, renameat, truncate, fchmodat, fchownat, renameat2
            40, 41, 51, 164, 217, 218, 219, 241, 279, 280, 282, // mount, pivot_root, chroot, setrlimit, the keyring's, perf_event_open, memfd_create, bpf, userfaultfd
            .. RefusedEverywhere,
        ],
        [Clone3, Openat2], [(56, 2)]);

    /// <summary>Null where no filter is known.</summary>
    public static CallNumbers? Current => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        _ => null,
    };
}
