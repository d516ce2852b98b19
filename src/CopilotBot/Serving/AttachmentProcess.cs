using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Commands;
using CopilotBot.Sources;
using CopilotBot.Sources.Attachments;
using Microsoft.Extensions.Options;

namespace CopilotBot.Serving;

/// <summary>Reads files of somebody else in processes of their own, a few at once, and trusts nothing that comes out of them.</summary>
internal sealed partial class AttachmentProcess(IOptions<AttachmentOptions> options, TimeProvider time, ILogger<AttachmentProcess> logger) : IDisposable
{
    /// <summary>Bytes of JSON for a character of text, with spans of its cells: short cells have the most.</summary>
    private const int BytesPerCharacter = 32;

    private readonly SemaphoreSlim _free = new(options.Value.AtOnce > 0 ? options.Value.AtOnce : Math.Max(1, Environment.ProcessorCount / 2));

    private int _saidMissing;

    public Task<AttachmentText> ReadAsync(string fileName, string mediaType, byte[] content, CancellationToken cancellationToken) => ReadAsync(fileName, mediaType, content, [], cancellationToken);

    /// <param name="more">Further options for the process.</param>
    internal async Task<AttachmentText> ReadAsync(string fileName, string mediaType, byte[] content, IReadOnlyList<string> more, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (content.Length > limits.MaximumMegabytes * 1024L * 1024)
        {
            return new AttachmentText(null, Reasons.For(fileName, Reasons.TooLarge(limits)));
        }

        await _free.WaitAsync(cancellationToken);
        using var timeLimit = new CancellationTokenSource(TimeSpan.FromSeconds(limits.Seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeLimit.Token);
        try
        {
            return await RunAsync(fileName, mediaType, content, more, either.Token);
        }
        catch (OperationCanceledException) when (timeLimit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new AttachmentText(null, Reasons.For(fileName, Reasons.TooLong(limits)));
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task<AttachmentText> RunAsync(string fileName, string mediaType, byte[] content, IReadOnlyList<string> more, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Describe(fileName, mediaType, more))
            ?? throw new SourceException("The program that reads attachments cannot be started: check that this user may start processes.");
        try
        {
            var errors = ReadAtMostAsync(process.StandardError.BaseStream, 64 * 1024, cancellationToken);
            var output = ReadAtMostAsync(process.StandardOutput.BaseStream, (options.Value.MaximumCharacters * (long)BytesPerCharacter) + 65_536, cancellationToken);
            await SendAsync(process, content, cancellationToken);
            var said = await output;
            var missing = await errors;
            await process.WaitForExitAsync(cancellationToken);
            SayMissing(process.ExitCode, missing);
            return process.ExitCode == 0 && said is not null ? Judge(fileName, said) : new AttachmentText(null, Reasons.For(fileName, ReasonOf(process.ExitCode, missing)));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private ProcessStartInfo Describe(string fileName, string mediaType, IReadOnlyList<string> more)
    {
        var limits = options.Value;
        string[] arguments =
        [
            ReadAttachmentCommand.Verb, "--seconds", Text(limits.Seconds), "--megabytes", Text(limits.MaximumMegabytes), "--memory", Text(limits.MemoryMegabytes),
            "--characters", Text(limits.MaximumCharacters), .. more, "--", fileName.Replace("\0", "", StringComparison.Ordinal), mediaType.Replace("\0", "", StringComparison.Ordinal),
        ];
        var (program, first) = OwnProgram.Find();
        var start = new ProcessStartInfo(program, [.. first, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory) ?? "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in OwnProgram.Environment(limits.MemoryMegabytes))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A process that ends before it has read everything has said why.</summary>
    private static async Task SendAsync(Process process, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(content, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    /// <returns>Null when there is more.</returns>
    private static async Task<byte[]?> ReadAtMostAsync(Stream stream, long bytes, CancellationToken cancellationToken)
    {
        var all = new MemoryStream();
        var buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (all.Length + read > bytes)
            {
                return null;
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>A signal's number comes on top of 128: 24 is the limit of processor time, 9 the system's own want of memory.</summary>
    private string ReasonOf(int exitCode, byte[]? said) => exitCode switch
    {
        128 + 24 => Reasons.TooLong(options.Value),
        128 + 9 => Reasons.TooMuchMemory(options.Value),
        _ when said.AsSpan().IndexOf("Out of memory"u8) >= 0 || said.AsSpan().IndexOf("OutOfMemory"u8) >= 0 => Reasons.TooMuchMemory(options.Value),
        _ => Reasons.Stopped,
    };

    private AttachmentText Judge(string fileName, byte[] said)
    {
        try
        {
            var text = JsonSerializer.Deserialize(said, AttachmentJson.Default.AttachmentText);
            return text is not null && AttachmentCheck.IsSound(text, options.Value) ? text : new AttachmentText(null, Reasons.For(fileName, Reasons.Stopped));
        }
        catch (JsonException)
        {
            return new AttachmentText(null, Reasons.For(fileName, Reasons.Stopped));
        }
    }

    /// <summary>What the process writes before it reads its file is its own; what a process that broke down wrote is not shown.</summary>
    private void SayMissing(int exitCode, byte[]? missing)
    {
        if (exitCode == 0 && missing is { Length: > 0 and < 256 } && Interlocked.Exchange(ref _saidMissing, 1) == 0)
        {
            Log.Unconfined(logger, System.Text.Encoding.UTF8.GetString(missing).Trim());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Attachments are read with fewer limits than there could be, because this machine does not let these be set: {Missing}.")]
        public static partial void Unconfined(ILogger logger, string missing);
    }
}
