using System.Globalization;
using CopilotBot.Conversations;
using CopilotBot.Tickets;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteTicketDraftStore : ITicketDraftStore
{
    private const string Drafts = "ticket_drafts";
    private const string Audit = "ticket_audit";

    private readonly CopilotDatabase _database;

    public LiteTicketDraftStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Audit);
        _database.Write(lite =>
        {
            lite.GetCollection(Drafts).EnsureIndex("state");
            lite.GetCollection(Drafts).EnsureIndex("unshown");
        });
    }

    public bool TryAdd(TicketDraft draft, TicketAudit? audit = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var isNew = false;
        _database.Write(lite =>
        {
            isNew = FindRow(lite, draft.Id) is null;
            if (isNew)
            {
                lite.GetCollection(Drafts).Insert(RowOf(draft));
                Add(lite, audit);
            }
        });
        return isNew;
    }

    public TicketDraft? Find(TurnId id) => _database.Read(lite => FindRow(lite, id));

    public TicketDraft? Change(TurnId id, Func<TicketDraft, TicketDraft?> change, TicketAudit? audit = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        TicketDraft? changed = null;
        _database.Write(lite =>
        {
            var draft = FindRow(lite, id);
            changed = draft is null ? null : change(draft) is { } wanted ? wanted with { Revision = draft.Revision + 1 } : null;
            if (changed is not null)
            {
                lite.GetCollection(Drafts).Update(RowOf(changed));
                Add(lite, audit);
            }
        });
        return changed;
    }

    public IReadOnlyList<TicketDraft> GetConfirmed() => Find(Query.EQ("state", nameof(TicketState.Confirmed)));

    public IReadOnlyList<TicketDraft> GetUnshown() => Find(Query.EQ("unshown", true));

    public IReadOnlyList<TicketDraft> GetDone(int count) => [.. Find(Query.EQ("state", nameof(TicketState.Done))).OrderByDescending(draft => draft.Decided).Take(count)];

    public void Add(TicketAudit entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _database.Write(lite => Add(lite, entry));
    }

    public IReadOnlyList<TicketAudit> GetAudit(int count) =>
        _database.Read(lite => lite.GetCollection(Audit).Find(Query.All(Query.Descending), limit: count).Select(row => StoredRow.Parse(row, StorageJson.Default.TicketAudit)).ToList());

    public int Prune(DateTimeOffset before)
    {
        var gone = 0;
        _database.Write(lite =>
        {
            var rows = lite.GetCollection(Drafts);
            var old = rows.Find(Query.Not("state", nameof(TicketState.Confirmed))).Where(row => Parse(row).Created < before).Select(row => row["_id"]).ToList();
            gone = old.Count(id => rows.Delete(id));
        });
        return gone;
    }

    /// <summary>Ids rise with the order of the writes, which times do not when two are the same.</summary>
    private static void Add(ILiteDatabase lite, TicketAudit? entry)
    {
        if (entry is not null)
        {
            var rows = lite.GetCollection(Audit);
            var last = rows.Find(Query.All(Query.Descending), limit: 1).Select(row => long.Parse(row["_id"].AsString, CultureInfo.InvariantCulture)).FirstOrDefault();
            rows.Insert(StoredRow.Of((last + 1).ToString("d19", CultureInfo.InvariantCulture), entry, StorageJson.Default.TicketAudit));
        }
    }

    private List<TicketDraft> Find(BsonExpression which) =>
        _database.Read(lite => lite.GetCollection(Drafts).Find(which).Select(Parse).OrderBy(draft => draft.Created).ThenBy(draft => draft.Id.Value, StringComparer.Ordinal).ToList());

    private static TicketDraft? FindRow(ILiteDatabase lite, TurnId id) => lite.GetCollection(Drafts).FindById(StoredRow.Key(id.Value)) is { } row ? Parse(row) : null;

    private static BsonDocument RowOf(TicketDraft draft)
    {
        var row = StoredRow.Of(draft.Id.Value, draft, StorageJson.Default.TicketDraft);
        row["state"] = draft.State.ToString();
        row["unshown"] = draft.Shown != draft.State;
        return row;
    }

    private static TicketDraft Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.TicketDraft);
}
