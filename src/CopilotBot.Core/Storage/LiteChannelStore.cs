using CopilotBot.Conversations;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteChannelStore : IChannelStore
{
    private const string Turns = "inbox";
    private const string Keys = "inbox_keys";
    private const string Messages = "outbox";
    private const string Conversations = "conversations";

    private readonly CopilotDatabase _database;

    public LiteChannelStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Conversations);
        _database.Write(lite =>
        {
            lite.GetCollection(Turns).EnsureIndex("open");
            lite.GetCollection(Turns).EnsureIndex("message");
            lite.GetCollection(Keys).EnsureIndex("added");
            lite.GetCollection(Messages).EnsureIndex("owing");
            lite.GetCollection(Messages).EnsureIndex("answer");
            lite.GetCollection(Messages).EnsureIndex("shown");
            lite.GetCollection(Messages).EnsureIndex("conversation");
        });
    }

    public bool TryAdd(InboundTurn turn, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(keys);

        // What is delivered again costs no write. Where the first is not in the file yet, its own delivery is not acknowledged yet either.
        if (!_database.Read(lite => AreNew(lite, keys)))
        {
            return false;
        }

        // The platform waits for it, and repeats what takes too long.
        var isNew = false;
        _database.WriteNext(lite =>
        {
            var known = lite.GetCollection(Keys);
            isNew = AreNew(lite, keys);
            if (isNew)
            {
                known.Insert(keys.Distinct(StringComparer.Ordinal).Select(key => new BsonDocument { ["_id"] = StoredRow.Key(key), ["added"] = turn.Received.UtcTicks }));
                lite.GetCollection(Turns).Insert(RowOf(turn, isOpen: true));
            }
        });
        return isNew;
    }

    private static bool AreNew(ILiteDatabase lite, IReadOnlyList<string> keys) => keys.All(key => lite.GetCollection(Keys).FindById(StoredRow.Key(key)) is null);

    public InboundTurn? TryLease(TurnId id, DateTimeOffset now, DateTimeOffset until)
    {
        InboundTurn? leased = null;
        _database.Write(lite =>
        {
            if (FindOpen(lite, id) is { } turn && !(turn.LeasedUntil > now))
            {
                leased = turn with { LeasedUntil = until };
                lite.GetCollection(Turns).Update(RowOf(leased, isOpen: true));
            }
        });
        return leased;
    }

    public void Begin(TurnId id) => Change(id, turn => turn with { Attempts = turn.Attempts + 1 });

    public void Release(TurnId id, bool isAttempt) => Change(id, turn => turn with { LeasedUntil = null, Attempts = isAttempt ? turn.Attempts : Math.Max(0, turn.Attempts - 1) });

    public void Close(TurnId id, IReadOnlyList<OutboundMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        _database.Write(lite =>
        {
            if (FindOpen(lite, id) is { } turn)
            {
                lite.GetCollection(Turns).Update(RowOf(turn with { LeasedUntil = null }, isOpen: false));
            }

            foreach (var message in messages)
            {
                lite.GetCollection(Messages).Upsert(RowOf(message));
            }
        });
    }

    public InboundTurn? FindTurn(TurnId id) => _database.Read(lite => lite.GetCollection(Turns).FindById(StoredRow.Key(id.Value)) is { } row ? ParseTurn(row) : null);

    public IReadOnlyList<InboundTurn> GetTurns(ConversationReference conversation, string messageId) => Find(Query.EQ("message", StoredRow.Key($"{KeyOf(conversation)}\n{messageId}")));

    public IReadOnlyList<InboundTurn> GetOpenTurns() => Find(Query.EQ("open", true));

    public void Save(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _database.Write(lite => lite.GetCollection(Messages).Upsert(RowOf(message)));
    }

    public bool TryAdd(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var isNew = false;
        _database.Write(lite =>
        {
            isNew = lite.GetCollection(Messages).FindById(StoredRow.Key(message.Id)) is null;
            if (isNew)
            {
                lite.GetCollection(Messages).Insert(RowOf(message));
            }
        });
        return isNew;
    }

    public IReadOnlyList<OutboundMessage> GetAnswer(ConversationReference conversation, string replyTo) =>
        Find("answer", $"{KeyOf(conversation)}\n{replyTo}", messages => messages.OrderBy(message => message.Part));

    public IReadOnlyList<OutboundMessage> GetOwed(ConversationReference conversation) =>
        Find("owing", KeyOf(conversation), messages => messages.OrderBy(message => message.Created).ThenBy(message => message.Part));

    public IReadOnlyList<ConversationReference> GetOwing() =>
        [.. _database.Read(lite => lite.GetCollection(Messages).Find(Query.GT("owing", "")).Select(ParseMessage).ToList()).Select(message => message.Conversation).Distinct()];

    public OutboundMessage? FindMessage(ConversationReference conversation, string messageId) =>
        Find("shown", $"{KeyOf(conversation)}\n{messageId}", messages => messages).FirstOrDefault();

    public OutboundMessage? FindLastAnswer(ConversationReference conversation) => Find(
        "conversation",
        KeyOf(conversation),
        messages => messages.Where(message => message is { Part: 0, MessageId: not null, Content: not null, IsWithdrawn: false } && message.ReplyTo.Length > 0).OrderByDescending(message => message.Created)).FirstOrDefault();

    public void Save(ChannelConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        _database.Write(lite => lite.GetCollection(Conversations).Upsert(StoredRow.Of(KeyOf(conversation.Reference), conversation, StorageJson.Default.ChannelConversation)));
    }

    public ChannelConversation? FindConversation(ConversationReference reference) =>
        _database.Read(lite => lite.GetCollection(Conversations).FindById(StoredRow.Key(KeyOf(reference))) is { } row ? ParseConversation(row) : null);

    public IReadOnlyList<ChannelConversation> GetConversations(string channel) =>
        [.. _database.Read(lite => lite.GetCollection(Conversations).FindAll().Select(ParseConversation).ToList()).Where(conversation => conversation.Reference.Channel == channel)];

    public int Prune(DateTimeOffset before, string? channel)
    {
        var gone = 0;
        _database.Write(lite =>
        {
            if (channel is null)
            {
                lite.GetCollection(Keys).DeleteMany(Query.LT("added", before.UtcTicks));
            }

            gone = Delete(lite.GetCollection(Turns), Query.EQ("open", false), row => ParseTurn(row) is var turn && turn.Received < before && IsOf(turn.Conversation))
                + Delete(lite.GetCollection(Messages), Query.EQ("owing", ""), row => ParseMessage(row) is var message && message.Created < before && IsOf(message.Conversation));
        });
        return gone;

        bool IsOf(ConversationReference conversation) => channel is null || conversation.Channel == channel;
    }

    private static int Delete(ILiteCollection<BsonDocument> rows, BsonExpression candidates, Func<BsonDocument, bool> isOld)
    {
        var old = rows.Find(candidates).Where(isOld).Select(row => row["_id"]).ToList();
        return old.Count(id => rows.Delete(id));
    }

    private void Change(TurnId id, Func<InboundTurn, InboundTurn> change) => _database.Write(lite =>
    {
        if (FindOpen(lite, id) is { } turn)
        {
            lite.GetCollection(Turns).Update(RowOf(change(turn), isOpen: true));
        }
    });

    private List<OutboundMessage> Find(string index, string key, Func<IEnumerable<OutboundMessage>, IEnumerable<OutboundMessage>> order) =>
        _database.Read(lite => order(lite.GetCollection(Messages).Find(Query.EQ(index, StoredRow.Key(key))).Select(ParseMessage).ToList()).ToList());

    private List<InboundTurn> Find(BsonExpression which) =>
        _database.Read(lite => lite.GetCollection(Turns).Find(which).Select(ParseTurn).OrderBy(turn => turn.Received).ThenBy(turn => turn.Id.Value, StringComparer.Ordinal).ToList());

    private static InboundTurn? FindOpen(ILiteDatabase lite, TurnId id) =>
        lite.GetCollection(Turns).FindById(StoredRow.Key(id.Value)) is { } row && row["open"].AsBoolean ? ParseTurn(row) : null;

    private static string KeyOf(ConversationReference conversation) => $"{conversation.Channel}\n{conversation.ConversationId}";

    private static BsonDocument RowOf(InboundTurn turn, bool isOpen)
    {
        var row = StoredRow.Of(turn.Id.Value, turn, StorageJson.Default.InboundTurn);
        row["open"] = isOpen;
        row["message"] = StoredRow.Key($"{KeyOf(turn.Conversation)}\n{turn.MessageId}");
        return row;
    }

    private static BsonDocument RowOf(OutboundMessage message)
    {
        var conversation = KeyOf(message.Conversation);
        var row = StoredRow.Of(message.Id, message, StorageJson.Default.OutboundMessage);
        row["conversation"] = StoredRow.Key(conversation);
        row["owing"] = message.IsOwed ? StoredRow.Key(conversation) : "";
        row["answer"] = StoredRow.Key($"{conversation}\n{message.ReplyTo}");
        row["shown"] = message.MessageId is null ? "" : StoredRow.Key($"{conversation}\n{message.MessageId}");
        return row;
    }

    private static InboundTurn ParseTurn(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.InboundTurn);

    private static OutboundMessage ParseMessage(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.OutboundMessage);

    private static ChannelConversation ParseConversation(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.ChannelConversation);
}
