using CopilotBot.Conversations;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

/// <summary>What every store of installs promises.</summary>
public abstract class InstallationStoreConformance
{
    private static readonly ChannelInstallation First = new("slack", "T1", "sealed", Some.Day);

    protected abstract IInstallationStore Store { get; }

    protected abstract IInstallationStore Reopen();

    [Fact]
    public void An_install_is_kept_by_channel_and_workspace_and_the_last_one_counts()
    {
        Store.Save(First);
        Store.Save(First with { Workspace = "T2" });
        Store.Save(First with { Channel = "teams" });
        Store.Save(First with { Protected = "newer" });

        Reopen().Find("slack", "T1").ShouldBe(First with { Protected = "newer" });
        Store.Find("slack", "T3").ShouldBeNull();
        Store.GetInstallations("slack").Select(install => install.Workspace).Order(StringComparer.Ordinal).ShouldBe(["T1", "T2"]);
    }

    [Fact]
    public void Only_what_was_seen_is_replaced_or_removed()
    {
        Store.Save(First);
        var newer = First with { Protected = "newer" };

        Store.TryReplace(newer, First with { Protected = "lost" }).ShouldBeFalse();
        Store.TryReplace(First, newer with { Workspace = "T2" }).ShouldBeFalse("an install does not move");
        Store.TryReplace(First, newer).ShouldBeTrue();
        Store.TryRemove(First).ShouldBeFalse();
        Reopen().Find("slack", "T1").ShouldBe(newer);
        Store.TryRemove(newer).ShouldBeTrue();
        Store.TryRemove(newer).ShouldBeFalse();
        Store.TryReplace(newer, First).ShouldBeFalse("what was removed does not come back");
        Reopen().GetInstallations("slack").ShouldBeEmpty();
    }
}
