using CopilotBot.Storage;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

/// <summary>A state file in a folder of its own that can be closed and opened again.</summary>
internal sealed class OpenedState : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OpenedState()
    {
        Folder = DataFolder.Open(_folder.In("data"));
        Database = CopilotDatabase.Open(Folder);
    }

    public DataFolder Folder { get; }

    public CopilotDatabase Database { get; private set; }

    public CopilotDatabase Reopen()
    {
        Database.Dispose();
        return Database = CopilotDatabase.Open(Folder);
    }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }
}
