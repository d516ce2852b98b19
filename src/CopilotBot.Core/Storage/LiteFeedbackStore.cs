using CopilotBot.Feedback;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteFeedbackStore : IFeedbackStore
{
    private const string Votes = "feedback";

    private readonly CopilotDatabase _database;

    public LiteFeedbackStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Votes);
    }

    public void Save(FeedbackEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _database.Write(lite => lite.GetCollection(Votes).Upsert(StoredRow.Of(entry.Id, entry, StorageJson.Default.FeedbackEntry)));
    }

    public FeedbackEntry? Find(string id) => _database.Read(lite => lite.GetCollection(Votes).FindById(StoredRow.Key(id)) is { } row ? Parse(row) : null);

    public IReadOnlyList<FeedbackEntry> List() => _database.Read(lite => lite.GetCollection(Votes).FindAll().Select(Parse).OrderByDescending(entry => entry.At).ToList());

    public int Prune(string channel, DateTimeOffset before)
    {
        var gone = 0;
        _database.Write(lite =>
        {
            var rows = lite.GetCollection(Votes);
            var old = rows.FindAll().Where(row => Parse(row) is var vote && vote.Turn.Conversation.Channel == channel && vote.At < before).Select(row => row["_id"]).ToList();
            gone = old.Count(id => rows.Delete(id));
        });
        return gone;
    }

    private static FeedbackEntry Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.FeedbackEntry);
}
