using CopilotBot.Conversations;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Installs that go with the test.</summary>
internal sealed class InstallationsInMemory : IInstallationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Channel, string Workspace), ChannelInstallation> _rows = [];

    public void Save(ChannelInstallation installation)
    {
        lock (_lock)
        {
            _rows[KeyOf(installation)] = installation;
        }
    }

    public bool TryReplace(ChannelInstallation seen, ChannelInstallation installation)
    {
        lock (_lock)
        {
            var isSeen = KeyOf(seen) == KeyOf(installation) && _rows.GetValueOrDefault(KeyOf(seen)) == seen;
            if (isSeen)
            {
                _rows[KeyOf(seen)] = installation;
            }

            return isSeen;
        }
    }

    public ChannelInstallation? Find(string channel, string workspace)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault((channel, workspace));
        }
    }

    public IReadOnlyList<ChannelInstallation> GetInstallations(string channel)
    {
        lock (_lock)
        {
            return [.. _rows.Values.Where(row => row.Channel == channel)];
        }
    }

    public bool TryRemove(ChannelInstallation seen)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault(KeyOf(seen)) == seen && _rows.Remove(KeyOf(seen));
        }
    }

    private static (string, string) KeyOf(ChannelInstallation row) => (row.Channel, row.Workspace);
}
