using System.Collections.Frozen;
using System.Text.Json;
using CopilotBot.Knowledge;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace CopilotBot.Storage;

/// <summary>Layers, sets and people: small, so all of it is kept in memory and written through.</summary>
internal sealed class LiteAccessStore : IAccessStore
{
    private readonly CopilotDatabase _database;

    private readonly ILiteCollection<BsonDocument> _layers;

    private readonly ILiteCollection<BsonDocument> _sets;

    private readonly ILiteCollection<BsonDocument> _people;

    private readonly ILiteCollection<BsonDocument> _counters;

    private volatile State _state;

    public LiteAccessStore(CopilotDatabase database)
    {
        _database = database;
        _layers = database.Lite.GetCollection("layers");
        _sets = database.Lite.GetCollection("sets");
        _people = database.Lite.GetCollection("people");
        _counters = database.Lite.GetCollection("counters");
        _people.EnsureIndex("source");
        _layers.EnsureIndex("source");
        _state = Read();
    }

    public long Generation => _state.Generation;

    public IReadOnlyList<AccessLayer> GetLayers() => _state.Layers;

    public IReadOnlyDictionary<AccessSetId, IReadOnlyList<LayerId>> GetSets() => _state.Sets;

    public IReadOnlyList<Person> GetPeople() => _state.People;

    public void ReplaceDirectory(SourceName source, IReadOnlyList<AccessLayer> layers, IReadOnlyList<Person> people)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(people);
        var newLayers = layers.Select(layer => Row(layer.Id.Value, source, JsonSerializer.Serialize(layer, StorageJson.Default.AccessLayer))).ToList();
        var newPeople = people.Select(person => Row(person.Id, source, JsonSerializer.Serialize(person, StorageJson.Default.Person))).ToList();
        Change(() =>
        {
            // Nothing changed, nothing written: the cache of allowed sets stays valid.
            if (Same(_layers, source, newLayers) && Same(_people, source, newPeople))
            {
                return false;
            }

            _layers.DeleteMany(Query.EQ("source", source.Value));
            _people.DeleteMany(Query.EQ("source", source.Value));
            _layers.InsertBulk(newLayers);
            _people.InsertBulk(newPeople);
            return true;
        });
    }

    public void AddSet(AccessSetId id, IReadOnlyList<LayerId> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (_state.Sets.ContainsKey(id))
        {
            return;
        }

        Change(() =>
        {
            _sets.Upsert(new BsonDocument { ["_id"] = id.Value, ["json"] = JsonSerializer.Serialize(layers, StorageJson.Default.IReadOnlyListLayerId) });
            return true;
        });
    }

    public void RemoveSource(SourceName source) => Change(() =>
    {
        var removed = _layers.Find(Query.EQ("source", source.Value)).Select(row => row["_id"].AsString).ToHashSet(StringComparer.Ordinal);
        _layers.DeleteMany(Query.EQ("source", source.Value));
        _people.DeleteMany(Query.EQ("source", source.Value));
        foreach (var (id, layers) in _state.Sets)
        {
            if (layers.Any(layer => removed.Contains(layer.Value)))
            {
                _sets.Delete(id.Value);
            }
        }

        return true;
    });

    private static BsonDocument Row(string id, SourceName source, string json) => new() { ["_id"] = id, ["source"] = source.Value, ["json"] = json };

    private static bool Same(ILiteCollection<BsonDocument> collection, SourceName source, List<BsonDocument> rows)
    {
        var stored = collection.Find(Query.EQ("source", source.Value)).ToDictionary(row => row["_id"].AsString, row => row["json"].AsString, StringComparer.Ordinal);
        return stored.Count == rows.Count && rows.TrueForAll(row => stored.TryGetValue(row["_id"].AsString, out var json) && json == row["json"].AsString);
    }

    /// <summary>One transaction with the generation that announces it.</summary>
    private void Change(Func<bool> write)
    {
        lock (_database.WriteLock)
        {
            var changed = false;
            _database.InTransaction(() =>
            {
                changed = write();
                if (changed)
                {
                    _counters.Upsert(new BsonDocument { ["_id"] = "accessGeneration", ["value"] = _state.Generation + 1 });
                }
            });
            if (changed)
            {
                _state = Read();
            }
        }
    }

    private State Read() => new(
        _counters.FindById("accessGeneration")?["value"].AsInt64 ?? 0,
        [.. _layers.FindAll().Select(row => Parse(row, StorageJson.Default.AccessLayer))],
        _sets.FindAll().ToFrozenDictionary(row => new AccessSetId(row["_id"].AsString), row => Parse(row, StorageJson.Default.IReadOnlyListLayerId)),
        [.. _people.FindAll().Select(row => Parse(row, StorageJson.Default.Person))]);

    private static T Parse<T>(BsonDocument row, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(row["json"].AsString, type) ?? throw new JsonException($"The stored record {row["_id"].AsString} is empty.");

    private sealed record State(
        long Generation, IReadOnlyList<AccessLayer> Layers, FrozenDictionary<AccessSetId, IReadOnlyList<LayerId>> Sets, IReadOnlyList<Person> People);
}
