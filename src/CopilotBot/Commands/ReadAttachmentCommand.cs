using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using CopilotBot.Sources;
using CopilotBot.Sources.Attachments;
using CopilotBot.Sources.Attachments.Confinement;

namespace CopilotBot.Commands;

/// <summary>
/// The other side of <see cref="Serving.AttachmentProcess"/>: reads one file from standard input and writes its text as JSON to standard output, in a process
/// that has given up what it does not need before it sees the first byte. What it could not give up stands on standard error.
/// </summary>
internal static class ReadAttachmentCommand
{
    public const string Verb = "read-attachment";

    private const long SelfTestBlock = 16 * 1024 * 1024;

    public static Command Describe()
    {
        var file = new Argument<string>("file");
        var mediaType = new Argument<string>("media-type");
        var seconds = Number("--seconds", 60);
        var megabytes = Number("--megabytes", 20);
        var memory = Number("--memory", 512);
        var characters = Number("--characters", 2_000_000);
        var selfTest = new Option<string?>("--self-test");
        var command = new Command(Verb, "Read one file from standard input.") { file, mediaType, seconds, megabytes, memory, characters, selfTest };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(mediaType), parsed.GetValue(selfTest),
            new AttachmentOptions
            {
                Seconds = parsed.GetValue(seconds),
                MaximumMegabytes = parsed.GetValue(megabytes),
                MemoryMegabytes = parsed.GetValue(memory),
                MaximumCharacters = parsed.GetValue(characters),
            },
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, int otherwise) => new(name) { DefaultValueFactory = _ => otherwise };

    private static async Task<int> RunAsync(string file, string mediaType, string? selfTest, AttachmentOptions limits, CancellationToken cancellationToken)
    {
        var missing = ProcessLimits.Lower(limits.Seconds, limits.MemoryMegabytes);
        if (missing.Length > 0)
        {
            await Console.Error.WriteLineAsync(missing);
        }

        var content = await ReadAsync(limits, cancellationToken);
        var text = selfTest is null ? AttachmentReader.Read(file, mediaType, content, limits) : Try(selfTest);
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, text, AttachmentJson.Default.AttachmentText, cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>One byte more than is allowed is enough to know that it is too much.</summary>
    private static async Task<byte[]> ReadAsync(AttachmentOptions limits, CancellationToken cancellationToken)
    {
        var most = (limits.MaximumMegabytes * 1024 * 1024) + 1;
        var content = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[81_920];
        for (var read = 1; read > 0 && content.Length < most;)
        {
            read = await input.ReadAsync(buffer, cancellationToken);
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Does what a file that has taken over its reader would do; the reason says how it went.</summary>
    private static AttachmentText Try(string deed)
    {
        try
        {
            return new AttachmentText(null, Do(deed));
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return new AttachmentText(null, $"refused: {exception.GetType().Name}");
        }
    }

    private static string Do(string deed)
    {
        switch (deed)
        {
            case "socket":
                using (new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
                {
                    return "allowed";
                }

            case "program":
                using (System.Diagnostics.Process.Start("/bin/true"))
                {
                    return "allowed";
                }

            case "file":
                File.WriteAllText(Path.Combine(Path.GetTempPath(), "copilotbot-self-test"), "");
                return "allowed";
            case "environment":
                return string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal));
            case "memory":
                var blocks = new List<byte[]>();
                while (true)
                {
                    blocks.Add(GC.AllocateArray<byte>((int)SelfTestBlock, pinned: true));
                    blocks[^1].AsSpan().Fill(1);
                }

            default:
                while (true)
                {
                    Thread.SpinWait(1_000);
                }
        }
    }
}
