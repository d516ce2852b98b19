using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Tests.Storage;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Retrieval;

/// <summary>Random companies, each compared with the rule written down in the plainest way.</summary>
public sealed class AccessPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_person_reads_a_set_exactly_when_every_known_layer_of_it_lets_them_in(int seed)
    {
        using var state = new OpenedState();
        var store = new LiteAccessStore(state.Database);
        var filter = new AccessFilter(store);
        var random = new Random(seed);
        var allowedCount = 0;
        for (var round = 0; round < 5; round++)
        {
            var groups = Enumerable.Range(0, 6).Select(i => Principal.Group(Some.Source, $"g{i}")).ToList();
            var people = Enumerable.Range(0, 8).Select(i => Some.Person($"p{i}", null, [.. groups.Where(_ => random.Next(3) == 0)])).ToList();
            List<Principal> everybody = [.. groups, .. people.Select(person => person.Principals[0]), Principal.Licensed, Principal.Anyone];
            var layers = Enumerable.Range(0, 7).Select(i => new AccessLayer(Some.Layer($"l{i}"), [.. everybody.Where(_ => random.Next(6) == 0)])).ToList();
            store.ReplaceDirectory(Some.Source, layers, people);
            LayerId[] names = [.. layers.Select(layer => layer.Id), Some.Layer("unknown")];
            for (var i = 0; i < 12; i++)
            {
                LayerId[] members = [.. names.Where(_ => random.Next(4) == 0)];
                if (members.Length > 0)
                {
                    store.AddSet(AccessSetId.Of(members), members);
                }
            }

            foreach (var person in people)
            {
                var allowed = filter.GetAllowed(new UserIdentity(person.Id, person.DisplayName, IsStaff: false));
                foreach (var (set, members) in store.GetSets())
                {
                    var mayRead = true;
                    foreach (var member in members)
                    {
                        var layer = layers.Find(layer => layer.Id == member);
                        mayRead &= layer is not null && layer.Principals.Any(principal => principal == Principal.Anyone || principal == Principal.Licensed || person.Principals.Contains(principal));
                    }

                    allowed.Contains(set).ShouldBe(mayRead, $"{person.Id} {set}");
                    allowedCount += mayRead ? 1 : 0;
                }
            }
        }

        allowedCount.ShouldBeGreaterThan(20);
    }
}
