using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Retrieval;

/// <summary>Who may read what, over the real store.</summary>
public sealed class AccessFilterTests : IDisposable
{
    private static readonly SourceName Source = new("test");

    private static readonly AccessLayer Space = new(new LayerId("test:space:1"), [Principal.Group(Source, "staff")]);

    private static readonly AccessLayer Ancestor = new(new LayerId("test:page:1"), [Principal.User(Source, "ada"), Principal.User(Source, "eve")]);

    private static readonly AccessSetId Open = AccessSetId.Of([Space.Id]);

    private static readonly AccessSetId Restricted = AccessSetId.Of([Space.Id, Ancestor.Id]);

    private static readonly AccessSetId Unknown = AccessSetId.Of([Space.Id, new LayerId("test:page:gone")]);

    private readonly TemporaryFolder _folder = new();

    private readonly ServiceProvider _services;

    private readonly IAccessStore _store;

    private readonly AccessFilter _filter;

    public AccessFilterTests()
    {
        _services = new ServiceCollection().AddSingleton(DataFolder.Open(_folder.Path)).AddStorage().BuildServiceProvider();
        _store = _services.GetRequiredService<IAccessStore>();
        _filter = new AccessFilter(_store);
        _store.AddSet(Open, [Space.Id]);
        _store.AddSet(Restricted, [Space.Id, Ancestor.Id]);
        _store.AddSet(Unknown, [Space.Id, new LayerId("test:page:gone")]);
        _store.ReplaceDirectory(Source, [Space, Ancestor], [Person("ada", "staff"), Person("bob", "staff"), Person("eve")]);
    }

    [Fact]
    public void Every_layer_has_to_let_the_reader_in()
    {
        _filter.GetAllowed(User("ada")).Ids.ShouldBe([Open, Restricted], ignoreOrder: true);
        _filter.GetAllowed(User("bob")).Ids.ShouldBe([Open]);
        _filter.GetAllowed(User("eve")).Ids.ShouldBeEmpty("the ancestor lets Eve in, the space does not");
    }

    [Fact]
    public void Whoever_or_whatever_is_unknown_is_denied()
    {
        _filter.GetAllowed(User("nobody")).Ids.ShouldBeEmpty();
        _filter.GetAllowed(UserIdentity.Public).Ids.ShouldBeEmpty();
        _filter.GetAllowed(User("ada")).Contains(Unknown).ShouldBeFalse();
    }

    [Fact]
    public void A_revocation_is_in_force_with_the_next_question()
    {
        _filter.GetAllowed(User("ada")).Contains(Restricted).ShouldBeTrue();

        _store.ReplaceDirectory(Source, [Space, Ancestor with { Principals = [] }], [Person("ada", "staff")]);

        _filter.GetAllowed(User("ada")).Ids.ShouldBe([Open]);
    }

    [Fact]
    public void An_audience_reads_what_all_of_it_may_read()
    {
        _filter.GetAllowed([User("ada"), User("bob")]).Ids.ShouldBe([Open]);
        _filter.GetAllowed([User("ada"), User("eve")]).Ids.ShouldBeEmpty();
        _filter.GetAllowed([]).Ids.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    private static UserIdentity User(string account) => new($"test:{account}", account, IsStaff: true);

    private static Person Person(string account, params string[] groups) =>
        new($"test:{account}", account, account, null, null, [Principal.User(Source, account), .. groups.Select(group => Principal.Group(Source, group))]);
}
