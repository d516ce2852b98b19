using CopilotBot.Knowledge;
using CopilotBot.Sync;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteSourceRegistry : ISourceRegistry
{
    private const string Sources = "sources";

    private readonly CopilotDatabase _database;

    public LiteSourceRegistry(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Sources);
    }

    public IReadOnlyList<SourceRegistration> List() =>
        _database.Read(lite => lite.GetCollection(Sources).FindAll().Select(row => StoredRow.Parse(row, StorageJson.Default.SourceRegistration)).ToList());

    public void Add(SourceRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        _database.Write(lite =>
        {
            var sources = lite.GetCollection(Sources);
            if (sources.FindById(registration.Name.Value) is not null)
            {
                throw new InvalidOperationException($"There is a source '{registration.Name}' already: choose another name, or remove that one first.");
            }

            sources.Insert(StoredRow.Of(registration.Name.Value, registration, StorageJson.Default.SourceRegistration));
        });
    }

    public void Remove(SourceName source) => _database.Write(lite => lite.GetCollection(Sources).Delete(source.Value));
}
