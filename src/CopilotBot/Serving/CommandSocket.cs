using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace CopilotBot.Serving;

/// <summary>The Unix domain socket beside the state: only the owner of the process may connect.</summary>
internal static class CommandSocket
{
    /// <summary>What sun_path holds on Linux, less the closing zero; macOS has 4 bytes less.</summary>
    private const int MaximumPathBytes = 103;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Path to listen on. The caller holds the folder, so a socket that lies there belongs to a process that is gone.</summary>
    /// <param name="preferred">Path inside the data folder.</param>
    public static string Prepare(string preferred)
    {
        Remove(preferred);
        if (Encoding.UTF8.GetByteCount(preferred) <= MaximumPathBytes)
        {
            return preferred;
        }

        // Too long for the system: a short path in a folder of our own (mode 0700), whose place stands in the data folder.
        var path = Path.Combine(Directory.CreateTempSubdirectory("copilotbot-").FullName, "server.sock");
        File.WriteAllText(PointerPath(preferred), path);
        return path;
    }

    /// <summary>Path that a running server listens on, as far as anything says so.</summary>
    public static string Locate(string preferred) => File.Exists(PointerPath(preferred)) ? File.ReadAllText(PointerPath(preferred)) : preferred;

    public static void Remove(string preferred)
    {
        var path = Locate(preferred);
        if (path != preferred && Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
        {
            File.Delete(path);
            Directory.Delete(folder);
        }

        File.Delete(PointerPath(preferred));
        File.Delete(preferred);
    }

    /// <summary>Sets the mode between bind and listen: at no moment could somebody else connect.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        if (endPoint is UnixDomainSocketEndPoint && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(endPoint.ToString()!, OwnerOnly); // an endpoint with a path prints it
        }

        return socket;
    }

    private static string PointerPath(string preferred) => preferred + ".path";
}
