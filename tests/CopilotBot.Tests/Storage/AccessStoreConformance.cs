using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

public abstract class AccessStoreConformance
{
    private static readonly AccessLayer Everybody = new(Some.Layer("all"), [Principal.Licensed]);

    private static readonly AccessLayer Few = new(Some.Layer("few"), [Principal.Group(Some.Source, "g-few")]);

    protected abstract IAccessStore Store { get; }

    /// <summary>The same store as a later process finds it.</summary>
    protected abstract IAccessStore Reopen();

    [Fact]
    public void What_was_written_is_there_for_the_next_process()
    {
        var set = AccessSetId.Of([Everybody.Id, Few.Id]);
        Store.ReplaceDirectory(Some.Source, [Everybody, Few], [Some.Person("ada", "ada@wiki.example", Principal.Group(Some.Source, "g-few"))]);
        Store.AddSet(set, [Everybody.Id, Few.Id]);
        var generation = Store.Generation;

        var store = Reopen();

        store.GetLayers().Select(layer => layer.Id).ShouldBe([Everybody.Id, Few.Id]);
        store.GetLayers()[1].Principals.ShouldBe([Principal.Group(Some.Source, "g-few")]);
        store.GetSets()[set].ShouldBe([Everybody.Id, Few.Id]);
        var ada = store.GetPeople().ShouldHaveSingleItem();
        ada.Email.ShouldBe("ada@wiki.example");
        ada.Principals.ShouldBe([Principal.User(Some.Source, "ada"), Principal.Group(Some.Source, "g-few")]);
        store.Generation.ShouldBe(generation);
    }

    [Fact]
    public void A_directory_replaces_what_its_source_said_before_and_nothing_else()
    {
        var other = new SourceName("tickets");
        Store.ReplaceDirectory(other, [new AccessLayer(new LayerId("tickets:project:1"), [Principal.Anyone])], []);
        Store.ReplaceDirectory(Some.Source, [Everybody, Few], [Some.Person("ada"), Some.Person("bo")]);

        Store.ReplaceDirectory(Some.Source, [Few], [Some.Person("bo")]);

        Store.GetLayers().Select(layer => layer.Id.Value).ShouldBe(["tickets:project:1", "wiki:space:few"]);
        Store.GetPeople().Select(person => person.Id).ShouldBe(["wiki:bo"]);
    }

    [Fact]
    public void Every_change_raises_the_generation()
    {
        var generations = new List<long> { Store.Generation };
        Store.ReplaceDirectory(Some.Source, [Everybody], []);
        generations.Add(Store.Generation);
        Store.AddSet(AccessSetId.Of([Everybody.Id]), [Everybody.Id]);
        generations.Add(Store.Generation);
        Store.ReplaceDirectory(Some.Source, [Everybody with { Principals = [] }], []);
        generations.Add(Store.Generation);
        Store.RemoveSource(Some.Source);
        generations.Add(Store.Generation);
        generations.Add(Reopen().Generation + 1);

        generations.ShouldBe(generations.Distinct().Order());
        generations.Count.ShouldBe(6);
    }

    [Fact]
    public void The_same_again_leaves_the_generation()
    {
        Store.ReplaceDirectory(Some.Source, [Everybody], [Some.Person("ada")]);
        Store.AddSet(AccessSetId.Of([Everybody.Id]), [Everybody.Id]);
        var generation = Store.Generation;

        Store.ReplaceDirectory(Some.Source, [Everybody], [Some.Person("ada")]);
        Store.AddSet(AccessSetId.Of([Everybody.Id]), [Everybody.Id]);

        Store.Generation.ShouldBe(generation);
    }

    [Fact]
    public void A_removed_source_takes_its_layers_people_and_sets_along()
    {
        var ticketLayer = new LayerId("tickets:project:1");
        Store.ReplaceDirectory(new SourceName("tickets"), [new AccessLayer(ticketLayer, [Principal.Anyone])], []);
        Store.AddSet(AccessSetId.Of([ticketLayer]), [ticketLayer]);
        Store.ReplaceDirectory(Some.Source, [Everybody], [Some.Person("ada")]);
        Store.AddSet(AccessSetId.Of([Everybody.Id, ticketLayer]), [Everybody.Id, ticketLayer]);
        Store.AddSet(AccessSetId.Of([Some.Layer("never listed")]), [Some.Layer("never listed")]);

        Store.RemoveSource(Some.Source);

        Reopen().GetSets().Keys.ShouldBe([AccessSetId.Of([ticketLayer])]);
        Store.GetLayers().ShouldHaveSingleItem().Id.ShouldBe(ticketLayer);
        Store.GetPeople().ShouldBeEmpty();
    }

    [Fact]
    public void A_source_cannot_name_the_layers_or_people_of_another_nor_one_twice()
    {
        var foreignLayer = new AccessLayer(new LayerId("hr:space:1"), [Principal.Anyone]);
        var foreignPerson = Some.Person("ada") with { Id = "hr:ada" };

        Should.Throw<ArgumentException>(() => Store.ReplaceDirectory(Some.Source, [foreignLayer], []));
        Should.Throw<ArgumentException>(() => Store.ReplaceDirectory(Some.Source, [], [foreignPerson]));
        Should.Throw<ArgumentException>(() => Store.ReplaceDirectory(Some.Source, [Everybody, Everybody], []));
        Should.Throw<ArgumentException>(() => Store.AddSet(AccessSetId.Of([Few.Id]), [Everybody.Id]));
        Store.GetLayers().ShouldBeEmpty();
    }
}
