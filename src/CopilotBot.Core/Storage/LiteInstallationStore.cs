using CopilotBot.Conversations;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteInstallationStore : IInstallationStore
{
    private const string Installations = "installations";

    private readonly CopilotDatabase _database;

    public LiteInstallationStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Installations);
    }

    public void Save(ChannelInstallation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        _database.Write(lite => lite.GetCollection(Installations).Upsert(RowOf(installation)));
    }

    public bool TryReplace(ChannelInstallation seen, ChannelInstallation installation)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(installation);
        var isDone = false;
        _database.Write(lite =>
        {
            isDone = KeyOf(seen) == KeyOf(installation) && Find(lite, KeyOf(seen)) == seen;
            if (isDone)
            {
                lite.GetCollection(Installations).Update(RowOf(installation));
            }
        });
        return isDone;
    }

    public ChannelInstallation? Find(string channel, string workspace) => _database.Read(lite => Find(lite, KeyOf(channel, workspace)));

    public IReadOnlyList<ChannelInstallation> GetInstallations(string channel) =>
        [.. _database.Read(lite => lite.GetCollection(Installations).FindAll().Select(Parse).ToList()).Where(installation => installation.Channel == channel)];

    public bool TryRemove(ChannelInstallation seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var isDone = false;
        _database.Write(lite => isDone = Find(lite, KeyOf(seen)) == seen && lite.GetCollection(Installations).Delete(StoredRow.Key(KeyOf(seen))));
        return isDone;
    }

    private static ChannelInstallation? Find(ILiteDatabase lite, string key) => lite.GetCollection(Installations).FindById(StoredRow.Key(key)) is { } row ? Parse(row) : null;

    private static string KeyOf(ChannelInstallation installation) => KeyOf(installation.Channel, installation.Workspace);

    private static string KeyOf(string channel, string workspace) => $"{channel}\n{workspace}";

    private static BsonDocument RowOf(ChannelInstallation installation) => StoredRow.Of(KeyOf(installation), installation, StorageJson.Default.ChannelInstallation);

    private static ChannelInstallation Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.ChannelInstallation);
}
