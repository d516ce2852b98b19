using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CopilotBot.FakeSlack;

/// <summary>Socket Mode (facts §5): tickets, sockets, envelopes and their acknowledgements. Safe to use from any thread.</summary>
internal sealed class SocketHub
{
    public const string Path = "/link/";
    private const string Facts = "§5";
    private const int MostSockets = 10;
    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    private readonly SlackPlatform _platform;
    private readonly ViolationLog _violations;
    private readonly Lock _gate = new();
    private readonly Random _pick = new(1);
    private readonly List<SocketLink> _open = [];
    private readonly Dictionary<string, (DateTimeOffset Until, bool IsUsed)> _tickets = [];
    private readonly Dictionary<string, (int Socket, TaskCompletionSource<JsonObject> Acked)> _envelopes = [];
    private int _opened;

    public SocketHub(SlackPlatform platform, ViolationLog violations)
    {
        (_platform, _violations) = (platform, violations);
        Control = new(this);
    }

    public string AppToken { get; } = "xapp-1-A0FAKEAPP01-fake";

    public SocketControl Control { get; }

    /// <summary>The app was told that its link is disabled: it may not come again.</summary>
    public bool IsDisabled { get; set; }

    public int OpenedCount => Locked(() => _opened);

    public IReadOnlyList<int> OpenNumbers => Locked(() => _open.Select(link => link.Number).ToList());

    public string NewUrl()
    {
        CheckDisabled();
        var ticket = Locked(() =>
        {
            var id = $"ticket-{_tickets.Count + 1}";
            _tickets[id] = (_platform.Time.GetUtcNow() + TicketLife, false);
            return id;
        });
        return $"{_platform.Address.Replace("http://", "ws://", StringComparison.Ordinal)}{Path}?ticket={ticket}&app_id={_platform.AppId}";
    }

    public async Task AcceptAsync(HttpContext http, CancellationToken stopping)
    {
        CheckDisabled();
        var key = http.Request.Headers.SecWebSocketKey.ToString();
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || key.Length == 0 || !TakeTicket(http.Request.Query["ticket"].ToString()))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.SecWebSocketAccept = AcceptKey(key);
        var gate = new SocketGate(await upgrade.UpgradeAsync());
        var socket = WebSocket.CreateFromStream(gate, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = PingInterval });
        using var link = Locked(() =>
        {
            var one = new SocketLink(++_opened, socket, gate, http.Abort);
            _open.Add(one);
            return one;
        });
        _platform.Signal();
        try
        {
            await ServeAsync(link, stopping);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            link.Abort();
        }

        Leave(link);
    }

    public async Task<DeliveryAttempt> DeliverAsync(SlackPayloadKind kind, JsonObject payload, int retry, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var sentAt = _platform.Time.GetUtcNow();
        var acked = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (link, id) = Locked(() =>
        {
            var chosen = _open.Count == 0 ? null : _open[_pick.Next(_open.Count)];
            var envelope = $"envelope-{_envelopes.Count + 1}";
            _envelopes[envelope] = (chosen?.Number ?? 0, acked);
            return (chosen, envelope);
        });
        if (link is null)
        {
            return new(sentAt, null, "", null, "No socket is open.", TimeSpan.Zero);
        }

        var isLost = link.Gate.IsDeaf;
        try
        {
            if (!isLost)
            {
                await link.SendAsync(Envelope(id, kind, payload, retry), cancellationToken);
            }

            var answer = await acked.Task.WaitAsync(timeout, _platform.Time, cancellationToken);
            var body = answer["payload"] is JsonObject { Count: > 0 } given ? given.ToJsonString() : "";
            if (body.Length > 0 && kind == SlackPayloadKind.Event)
            {
                _platform.Record("ack-payload", Facts, "An event is acknowledged without a payload.");
            }

            return new(sentAt, 200, body, "application/json", null, _platform.Time.GetUtcNow() - sentAt);
        }
        catch (TimeoutException)
        {
            return new(sentAt, null, "", null, Courier.NoAnswer, _platform.Time.GetUtcNow() - sentAt) { IsLost = isLost };
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or ObjectDisposedException)
        {
            return new(sentAt, null, "", null, broken.Message, _platform.Time.GetUtcNow() - sentAt);
        }
    }

    public async Task DisconnectAsync(string reason, int? number, CancellationToken cancellationToken)
    {
        IsDisabled |= reason == "link_disabled";
        foreach (var link in Chosen(number))
        {
            link.OpenedAtNotice ??= OpenedCount;
            link.IsClosing |= reason is "link_disabled" or "too_many_websockets";
            await link.SendAsync(Disconnect(reason), cancellationToken);
            if (link.IsClosing)
            {
                await link.CloseAsync(cancellationToken);
            }
        }
    }

    public async Task CloseAsync(int? number, CancellationToken cancellationToken)
    {
        foreach (var link in Chosen(number))
        {
            link.IsClosing = true;
            await link.CloseAsync(cancellationToken);
        }
    }

    public void Drop(int? number)
    {
        foreach (var link in Chosen(number))
        {
            link.IsClosing = true;
            link.Abort();
        }
    }

    public void SetDeaf(bool isDeaf, int? number)
    {
        foreach (var link in Chosen(number))
        {
            link.Gate.IsDeaf = isDeaf;
        }
    }

    private async Task ServeAsync(SocketLink link, CancellationToken stopping)
    {
        var count = OpenNumbers.Count;
        if (count > MostSockets)
        {
            _platform.Record("socket-count", Facts, $"An app has at most {MostSockets} sockets.");
            link.IsClosing = true;
            await link.SendAsync(Disconnect("too_many_websockets"), stopping);
            await link.CloseAsync(stopping);
            return;
        }

        await link.SendAsync(
            new()
            {
                ["type"] = "hello",
                ["num_connections"] = count,
                ["connection_info"] = new JsonObject { ["app_id"] = _platform.AppId },
                ["debug_info"] = new JsonObject { ["host"] = "fake", ["approximate_connection_time"] = 3600 },
            },
            stopping);
        while (await link.ReceiveAsync(stopping) is { } frame)
        {
            Take(link, frame);
        }

        if (!link.IsClosing)
        {
            await link.CloseAsync(stopping);
        }
    }

    private void Take(SocketLink link, string frame)
    {
        if (JsonReading.Parse(frame) is not { } json || json.Text("envelope_id") is not { } id || (JsonObject?)json.ToNode() is not { } ack)
        {
            _platform.Record("ack-shape", Facts, $"A frame is no acknowledgement: {frame.Shortened()}");
            return;
        }

        var known = Locked(() => _envelopes.TryGetValue(id, out var found) ? found : default);
        if (known.Acked is null)
        {
            _platform.Record("ack-unknown", Facts, $"There is no envelope {id}.");
        }
        else if (known.Socket != link.Number)
        {
            _platform.Record("ack-socket", Facts, $"Envelope {id} of socket {known.Socket} was acknowledged on socket {link.Number}.");
        }
        else
        {
            known.Acked.TrySetResult(ack);
        }
    }

    private void Leave(SocketLink link)
    {
        var isEarly = Locked(() =>
        {
            _open.Remove(link);
            return link is { IsClosing: false, OpenedAtNotice: { } opened } && opened == _opened;
        });
        if (isEarly && !_platform.Stopping.IsCancellationRequested)
        {
            _violations.Add("socket-gap", Facts, "The bot closed a socket that was to be replaced before it opened a new one.");
        }

        _platform.Signal();
    }

    private void CheckDisabled()
    {
        if (IsDisabled)
        {
            _platform.Record("socket-after-disabled", Facts, "The bot came again after link_disabled.");
        }
    }

    private bool TakeTicket(string id)
    {
        var ticket = Locked(() =>
        {
            var known = _tickets.GetValueOrDefault(id);
            _tickets[id] = known with { IsUsed = true };
            return known;
        });
        if (ticket.IsUsed || ticket.Until == default)
        {
            _platform.Record("socket-ticket", Facts, "The address of a socket is used once.");
            return false;
        }

        return _platform.Time.GetUtcNow() < ticket.Until;
    }

    private static JsonObject Envelope(string id, SlackPayloadKind kind, JsonObject payload, int retry)
    {
        var frame = new JsonObject
        {
            ["envelope_id"] = id,
            ["type"] = kind switch { SlackPayloadKind.Event => "events_api", SlackPayloadKind.Command => "slash_commands", _ => "interactive" },
            ["payload"] = payload.DeepClone(),
            ["accepts_response_payload"] = kind != SlackPayloadKind.Event,
        };
        if (kind == SlackPayloadKind.Event)
        {
            (frame["retry_attempt"], frame["retry_reason"]) = (retry, retry == 0 ? "" : "timeout");
        }

        return frame;
    }

    private static JsonObject Disconnect(string reason) => new() { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "fake" } };

    private List<SocketLink> Chosen(int? number) => Locked(() => _open.Where(link => number is null || link.Number == number).ToList());

    /// <summary>As RFC 6455 asks of a server.</summary>
#pragma warning disable CA5350 // the handshake of WebSockets is made of SHA-1
    private static string AcceptKey(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes($"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }
}
