using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Sockets;

/// <summary>Socket Mode: keeps as many connections as the settings say, each on its own. Does nothing where events come by HTTP.</summary>
internal sealed partial class SlackSocketService(
    SlackSocketOpener opener, Func<SlackDelivery, Task<JsonObject?>> take, IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackSocketService> logger) : BackgroundService
{
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan OldSocketTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterTooMany = TimeSpan.FromSeconds(30);

    private long _lastFrame = -1;
    private int _connections;
    private int _isGivenUp;
    private int _isCrowded;

    /// <summary>How long ago Slack said anything; null where it never did.</summary>
    public TimeSpan? LastFrameAge => Interlocked.Read(ref _lastFrame) is >= 0 and var last ? clock.GetElapsedTime(last) : null;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.SocketMode)
        {
            return Task.CompletedTask;
        }

        CopilotTelemetry.ObserveSilence(SlackAdapter.Name, () => LastFrameAge?.TotalSeconds ?? -1);
        return Task.WhenAll(Enumerable.Range(0, options.Value.Sockets).Select(_ => SuperviseAsync(stoppingToken)));
    }

    private async Task SuperviseAsync(CancellationToken stopping)
    {
        List<Task> old = [];
        var failures = 0;
        try
        {
            while (true)
            {
                var opening = await OpenAsync(stopping);
                if (opening.Socket is null)
                {
                    if (opening.IsFinal)
                    {
                        GiveUp(opening.Problem);
                        return;
                    }

                    Log.NotOpened(logger, opening.Problem);
                    await PauseAsync(++failures, opening.Wait ?? TimeSpan.Zero, stopping);
                    continue;
                }

                var socket = new SlackSocket(opening.Socket, take, () => Interlocked.Exchange(ref _lastFrame, clock.GetTimestamp()), clock, logger);
                var end = await ServeAsync(socket, () => failures = 0, stopping);
                Log.Ended(logger, end);

                // Slack delivers over the old one until it closes it, so it is read on while the new one is opened.
                old.RemoveAll(task => task.IsCompleted);
                old.Add(FinishAsync(socket, end == SlackSocketEnd.Refresh ? OldSocketTimeout : TimeSpan.Zero, stopping));
                switch (end)
                {
                    case SlackSocketEnd.Refresh:
                        break;
                    case SlackSocketEnd.Disabled:
                        GiveUp("link_disabled");
                        return;
                    default:
                        await PauseAsync(++failures, end == SlackSocketEnd.TooMany ? PauseAfterTooMany : TimeSpan.Zero, stopping);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            await Task.WhenAll(old);
        }
    }

    private async Task<SlackSocketOpening> OpenAsync(CancellationToken stopping)
    {
        // Counted before: Slack may greet another of ours with it already.
        Interlocked.Increment(ref _connections);
        SlackSocketOpening? opening = null;
        try
        {
            return opening = await opener.OpenAsync(stopping);
        }
        finally
        {
            if (opening?.Socket is null)
            {
                Interlocked.Decrement(ref _connections);
            }
        }
    }

    /// <summary>Until Slack announces the end of the connection, or it is gone, or the server stops.</summary>
    private async Task<SlackSocketEnd> ServeAsync(SlackSocket socket, Action greeted, CancellationToken stopping)
    {
        try
        {
            if (await socket.Hello.WaitAsync(HelloTimeout, clock, stopping) is { } connections)
            {
                greeted();
                Log.Opened(logger, connections);
                WatchOthers(connections);
            }

            return await socket.Leaving.WaitAsync(stopping);
        }
        catch (TimeoutException)
        {
            return SlackSocketEnd.Silent;
        }
        catch (OperationCanceledException)
        {
            await FinishAsync(socket, TimeSpan.Zero, stopping);
            throw;
        }
    }

    private async Task FinishAsync(SlackSocket socket, TimeSpan patience, CancellationToken stopping)
    {
        try
        {
            await socket.Reading.WaitAsync(patience, clock, stopping);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await socket.CloseAsync();
        }

        Interlocked.Decrement(ref _connections);
        socket.Dispose();
    }

    /// <summary>Slack gives each delivery to any one connection of the app: what a stranger's gets is lost to us.</summary>
    private void WatchOthers(int connections)
    {
        // One that was just lost may still be counted there, and one that is greeted here may be older than that.
        var own = Math.Max(options.Value.Sockets, Volatile.Read(ref _connections));
        if (connections <= own)
        {
            Interlocked.Exchange(ref _isCrowded, 0);
        }
        else if (Interlocked.Exchange(ref _isCrowded, 1) == 0)
        {
            Log.Crowded(logger, connections, own);
        }
    }

    private void GiveUp(string reason)
    {
        if (Interlocked.Exchange(ref _isGivenUp, 1) == 0)
        {
            Log.GivenUp(logger, reason, SlackSecrets.AppTokenVariable);
        }
    }

    /// <summary>Longer each time, and never all sockets at once.</summary>
    private Task PauseAsync(int failures, TimeSpan atLeast, CancellationToken stopping)
    {
        var pause = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 16) - 1));
        var jittered = TimeSpan.FromMilliseconds(pause * (0.5 + (RandomNumberGenerator.GetInt32(501) / 1000.0)));
        return Task.Delay(jittered > atLeast ? jittered : atLeast, clock, stopping);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A socket to Slack is open; the app has {Connections}.")]
        public static partial void Opened(ILogger logger, int connections);

        [LoggerMessage(Level = LogLevel.Information, Message = "A socket to Slack ends ({End}).")]
        public static partial void Ended(ILogger logger, SlackSocketEnd end);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A socket to Slack could not be opened ({Reason}); it is tried again.")]
        public static partial void NotOpened(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The Slack app has {Connections} sockets, {Own} of them ours: each delivery goes to any one of them. If that stays so, stop the other bot, or give it an app of its own.")]
        public static partial void Crowded(ILogger logger, int connections, int own);

        [LoggerMessage(Level = LogLevel.Error, Message = "Slack does not let the bot use Socket Mode ({Reason}): check {Variable} and that Socket Mode is on for the app, then start again.")]
        public static partial void GivenUp(ILogger logger, string reason, string variable);
    }
}
