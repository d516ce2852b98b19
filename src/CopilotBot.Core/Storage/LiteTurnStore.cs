using CopilotBot.Conversations;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteTurnStore : ITurnStore
{
    private const string Turns = "turns";

    private readonly CopilotDatabase _database;

    public LiteTurnStore(CopilotDatabase database)
    {
        _database = database;
        _database.Write(lite =>
        {
            lite.GetCollection(Turns).EnsureIndex("received");
            lite.GetCollection(Turns).EnsureIndex("conversation");
        });
    }

    public void Save(TurnRecord turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var row = StoredRow.Of(turn.Id.Value, turn, StorageJson.Default.TurnRecord);
        row["received"] = turn.Received.UtcTicks;
        row["conversation"] = KeyOf(turn.Conversation);
        _database.Write(lite => lite.GetCollection(Turns).Upsert(row));
    }

    public TurnRecord? Find(TurnId id) =>
        _database.Read(lite => lite.GetCollection(Turns).FindById(StoredRow.Key(id.Value)) is { } row ? Parse(row) : null);

    public IReadOnlyList<TurnRecord> GetRecent(int count) => count <= 0
        ? []
        : _database.Read(lite => lite.GetCollection(Turns).Find(Query.All("received", Query.Descending), limit: count).Select(Parse).ToList());

    public IReadOnlyList<TurnRecord> GetConversation(ConversationReference conversation, int count)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var key = KeyOf(conversation);
        return count <= 0
            ? []
            : _database.Read(lite => lite.GetCollection(Turns).Find(Query.EQ("conversation", key)).OrderByDescending(row => row["received"].AsInt64).Take(count).Select(Parse).ToList());
    }

    public int Prune(string channel, DateTimeOffset before)
    {
        var gone = 0;
        _database.Write(lite => gone = lite.GetCollection(Turns).DeleteMany(Query.And(Query.LT("received", before.UtcTicks), Query.StartsWith("conversation", $"{channel}\n"))));
        return gone;
    }

    private static string KeyOf(ConversationReference conversation) => $"{conversation.Channel}\n{conversation.ConversationId}";

    private static TurnRecord Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.TurnRecord);
}
