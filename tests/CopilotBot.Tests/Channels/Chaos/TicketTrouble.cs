using CopilotBot.FakeJira;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>A tracker on a bad day: of three calls one fails in some way. Asked under the site's lock.</summary>
internal sealed class TicketTrouble(Random random)
{
    private const double Share = 1.0 / 3;

    private static readonly FaultKind[] Kinds =
    [
        new FaultKind.DropConnection(), new FaultKind.DropConnection(AfterActing: true), new FaultKind.DropConnection(AfterActing: true), new FaultKind.Status(500), new FaultKind.Status(500, AfterActing: true),
        new FaultKind.Status(429, TimeSpan.FromSeconds(1)), new FaultKind.Truncated(), new FaultKind.Slow(TimeSpan.FromMilliseconds(300)), new FaultKind.Slow(TimeSpan.FromMilliseconds(300), AfterActing: true),
    ];

    public int Count { get; private set; }

    /// <summary>Off for those who are to come to an end.</summary>
    public bool IsOn { get; set; } = true;

    public FaultKind? Next()
    {
        if (!IsOn || random.NextDouble() >= Share)
        {
            return null;
        }

        Count++;
        return Kinds[random.Next(Kinds.Length)];
    }
}
