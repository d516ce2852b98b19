using CopilotBot.Feedback;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteFeedbackStore(CopilotDatabase database) : IFeedbackStore
{
    private const string Votes = "feedback";

    public void Save(FeedbackEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        database.Write(lite => lite.GetCollection(Votes).Upsert(StoredRow.Of(entry.Id, entry, StorageJson.Default.FeedbackEntry)));
    }

    public FeedbackEntry? Find(string id) => database.Read(lite => lite.GetCollection(Votes).FindById(StoredRow.Key(id)) is { } row ? Parse(row) : null);

    public IReadOnlyList<FeedbackEntry> List() => database.Read(lite => lite.GetCollection(Votes).FindAll().Select(Parse).OrderByDescending(entry => entry.At).ToList());

    public int Prune(string channel, DateTimeOffset before)
    {
        var gone = 0;
        database.Write(lite =>
        {
            var rows = lite.GetCollection(Votes);
            var old = rows.FindAll().Where(row => Parse(row) is var vote && vote.Turn.Conversation.Channel == channel && vote.At < before).Select(row => row["_id"]).ToList();
            gone = old.Count(id => rows.Delete(id));
        });
        return gone;
    }

    private static FeedbackEntry Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.FeedbackEntry);
}
