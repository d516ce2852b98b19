using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace CopilotBot.Tests.Support;

/// <summary>Records every connection that this process opens and every name that it looks up, as the runtime reports them.</summary>
internal sealed class ConnectionRecorder : EventListener
{
    private readonly ConcurrentQueue<string> _lookUps = new();
    private readonly ConcurrentQueue<string> _connections = new();

    public IReadOnlyCollection<string> LookUps => _lookUps;

    /// <summary>Socket addresses as the runtime prints them, such as "InterNetwork:16:{...}".</summary>
    public IReadOnlyCollection<string> Connections => _connections;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var queue = eventData.EventName switch
        {
            "ConnectStart" => _connections,
            "ResolutionStart" => _lookUps,
            _ => null,
        };
        queue?.Enqueue($"{eventData.Payload?[0]}");
    }
}
