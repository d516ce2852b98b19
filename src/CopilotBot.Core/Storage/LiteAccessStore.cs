using System.Collections.Immutable;
using CopilotBot.Knowledge;
using LiteDB;

namespace CopilotBot.Storage;

/// <summary>Layers, sets and people: small, so all of it is kept in memory and written through.</summary>
internal sealed class LiteAccessStore : IAccessStore
{
    private const string Layers = "layers";

    private const string Sets = "sets";

    private const string People = "people";

    private readonly CopilotDatabase _database;

    private volatile State _state;

    public LiteAccessStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Sets);
        _database.Write(lite => lite.GetCollection(Layers).EnsureIndex("source"));
        _database.Write(lite => lite.GetCollection(People).EnsureIndex("source"));
        _state = _database.Read(Load);
    }

    public long Generation => _state.Generation;

    public IReadOnlyList<AccessLayer> GetLayers() => _state.LayerList;

    public IReadOnlyDictionary<AccessSetId, IReadOnlyList<LayerId>> GetSets() => _state.Sets;

    public IReadOnlyList<Person> GetPeople() => _state.PersonList;

    /// <exception cref="ArgumentException">An id stands twice or belongs to another source.</exception>
    public void ReplaceDirectory(SourceName source, IReadOnlyList<AccessLayer> layers, IReadOnlyList<Person> people)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(people);
        var newLayers = layers.Select(layer => Row(StoredRow.Of(layer.Id.Value, layer, StorageJson.Default.AccessLayer), source)).ToList();
        var newPeople = people.Select(person => Row(StoredRow.Of(person.Id, person, StorageJson.Default.Person), source)).ToList();
        ThrowUnlessOwn(source, layers.Select(layer => layer.Id.Value), nameof(layers));
        ThrowUnlessOwn(source, people.Select(person => person.Id), nameof(people));
        Change((lite, state) =>
        {
            // Nothing changed, nothing written: the cache of allowed sets stays valid.
            if (IsStored(lite.GetCollection(Layers), source, newLayers) && IsStored(lite.GetCollection(People), source, newPeople))
            {
                return state;
            }

            Replace(lite.GetCollection(Layers), source, newLayers);
            Replace(lite.GetCollection(People), source, newPeople);
            return state with
            {
                Layers = state.Layers.SetItem(source, [.. layers]),
                People = state.People.SetItem(source, [.. people]),
            };
        });
    }

    /// <exception cref="ArgumentException">An id stands twice or belongs to another source.</exception>
    public void AddLayers(SourceName source, IReadOnlyList<AccessLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ThrowUnlessOwn(source, layers.Select(layer => layer.Id.Value), nameof(layers));
        Change((lite, state) =>
        {
            var known = state.Layers.GetValueOrDefault(source, []).ToDictionary(layer => layer.Id);
            var changed = layers.Where(layer => !known.TryGetValue(layer.Id, out var old) || !old.Principals.ToHashSet().SetEquals(layer.Principals)).ToList();
            if (changed.Count == 0)
            {
                return state;
            }

            foreach (var layer in changed)
            {
                known[layer.Id] = layer;
                lite.GetCollection(Layers).Upsert(Row(StoredRow.Of(layer.Id.Value, layer, StorageJson.Default.AccessLayer), source));
            }

            return state with { Layers = state.Layers.SetItem(source, [.. known.Values]) };
        });
    }

    /// <exception cref="ArgumentException">The id is not that of these layers.</exception>
    public void AddSet(AccessSetId id, IReadOnlyList<LayerId> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (id != AccessSetId.Of(layers))
        {
            throw new ArgumentException("The id of an access set is the hash of its layers.", nameof(id));
        }

        if (_state.Sets.ContainsKey(id))
        {
            return;
        }

        Change((lite, state) =>
        {
            lite.GetCollection(Sets).Upsert(StoredRow.Of(id.Value, layers, StorageJson.Default.IReadOnlyListLayerId));
            return state with { Sets = state.Sets.SetItem(id, [.. layers]) };
        });
    }

    public void RemoveSource(SourceName source) => Change((lite, state) =>
    {
        Replace(lite.GetCollection(Layers), source, []);
        Replace(lite.GetCollection(People), source, []);
        var orphans = state.Sets.Where(set => set.Value.Any(layer => IsOwn(source, layer.Value))).Select(set => set.Key).ToList();
        foreach (var id in orphans)
        {
            lite.GetCollection(Sets).Delete(StoredRow.Key(id.Value));
        }

        return state with { Layers = state.Layers.Remove(source), People = state.People.Remove(source), Sets = state.Sets.RemoveRange(orphans) };
    });

    private static State Load(ILiteDatabase lite) => new(
        lite.GetCollection("counters").FindById("accessGeneration")?["value"].AsInt64 ?? 0,
        BySource(lite.GetCollection(Layers), row => StoredRow.Parse(row, StorageJson.Default.AccessLayer)),
        lite.GetCollection(Sets).FindAll().ToImmutableDictionary(row => new AccessSetId(row["_id"].AsString), row => StoredRow.Parse(row, StorageJson.Default.IReadOnlyListLayerId)),
        BySource(lite.GetCollection(People), row => StoredRow.Parse(row, StorageJson.Default.Person)));

    private static ImmutableDictionary<SourceName, ImmutableArray<T>> BySource<T>(ILiteCollection<BsonDocument> rows, Func<BsonDocument, T> parse) =>
        rows.FindAll().ToList().GroupBy(row => new SourceName(row["source"].AsString)).ToImmutableDictionary(group => group.Key, group => group.Select(parse).ToImmutableArray());

    private static BsonDocument Row(BsonDocument row, SourceName source)
    {
        row["source"] = source.Value;
        return row;
    }

    /// <summary>A source that could name the layers or people of another could let in whom it likes there.</summary>
    private static void ThrowUnlessOwn(SourceName source, IEnumerable<string> ids, string parameter)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!known.Add(id) || !IsOwn(source, id))
            {
                throw new ArgumentException($"The id {id} stands twice or does not belong to the source {source}.", parameter);
            }
        }
    }

    private static bool IsOwn(SourceName source, string id) => id.StartsWith(source.Value + ":", StringComparison.Ordinal);

    private static bool IsStored(ILiteCollection<BsonDocument> collection, SourceName source, List<BsonDocument> rows)
    {
        var stored = collection.Find(Query.EQ("source", source.Value)).ToDictionary(row => row["_id"].AsString, row => row["json"].AsString, StringComparer.Ordinal);
        return stored.Count == rows.Count && rows.TrueForAll(row => stored.TryGetValue(row["_id"].AsString, out var json) && json == row["json"].AsString);
    }

    private static void Replace(ILiteCollection<BsonDocument> collection, SourceName source, List<BsonDocument> rows)
    {
        collection.DeleteMany(Query.EQ("source", source.Value));
        collection.Insert(rows);
    }

    /// <summary>The change and the generation that announces it, in one transaction; readers see both at once, after it.</summary>
    private void Change(Func<ILiteDatabase, State, State> change)
    {
        State? next = null;
        _database.Write(
            lite =>
            {
                next = change(lite, _state);
                if (ReferenceEquals(next, _state))
                {
                    return;
                }

                next = next with { Generation = _state.Generation + 1 };
                lite.GetCollection("counters").Upsert(new BsonDocument { ["_id"] = "accessGeneration", ["value"] = next.Generation });
            },
            committed: () => _state = next ?? _state);
    }

    private sealed record State(
        long Generation,
        ImmutableDictionary<SourceName, ImmutableArray<AccessLayer>> Layers,
        ImmutableDictionary<AccessSetId, IReadOnlyList<LayerId>> Sets,
        ImmutableDictionary<SourceName, ImmutableArray<Person>> People)
    {
        public IReadOnlyList<AccessLayer> LayerList => [.. Layers.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).SelectMany(pair => pair.Value)];

        public IReadOnlyList<Person> PersonList => [.. People.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).SelectMany(pair => pair.Value)];
    }
}
