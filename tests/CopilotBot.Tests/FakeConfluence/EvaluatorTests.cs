using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>The fixed cases of facts §1.6 and §7.6: who may view what.</summary>
public sealed class EvaluatorTests
{
    [Fact]
    public async Task Without_restrictions_the_space_decides()
    {
        await using var fake = await FamilyAsync();

        fake.Site.CanView("ada", "12").ShouldBeTrue();
        fake.Site.Revoke("1", new SpaceReader.Licensed());
        fake.Site.CanView("ada", "12").ShouldBeFalse();
        fake.Site.Grant("1", new SpaceReader.User("ada"));
        fake.Site.CanView("ada", "12").ShouldBeTrue();
    }

    [Fact]
    public async Task The_own_restriction_names_who_may_view()
    {
        await using var fake = await FamilyAsync();
        fake.Site.SetRestriction("12", ["ada"], []);

        fake.Site.CanView("ada", "12").ShouldBeTrue();
        fake.Site.CanView("ben", "12").ShouldBeFalse();
        fake.Site.CanView("ben", "11").ShouldBeTrue();
    }

    [Fact]
    public async Task An_ancestors_restriction_counts_for_all_below()
    {
        await using var fake = await FamilyAsync();
        fake.Site.SetRestriction("10", ["ada"], []);

        fake.Site.CanView("ben", "12").ShouldBeFalse();
        fake.Site.CanView("ada", "12").ShouldBeTrue();
    }

    [Fact]
    public async Task Both_restrictions_have_to_name_the_reader()
    {
        await using var fake = await FamilyAsync();
        fake.Site.SetRestriction("10", ["ada"], []);
        fake.Site.SetRestriction("12", ["ben"], []);

        fake.Site.CanView("ada", "12").ShouldBeFalse();
        fake.Site.CanView("ben", "12").ShouldBeFalse();
    }

    [Fact]
    public async Task A_user_in_one_restriction_and_by_group_in_the_other_may_view()
    {
        await using var fake = await FamilyAsync();
        fake.Site.AddGroup("g", "leads");
        fake.Site.AddMember("g", "ada");
        fake.Site.SetRestriction("10", ["ada"], []);
        fake.Site.SetRestriction("12", [], ["g"]);

        fake.Site.CanView("ada", "12").ShouldBeTrue();
    }

    [Fact]
    public async Task Groups_in_groups_count_and_circles_end()
    {
        await using var fake = await FamilyAsync();
        fake.Site.AddGroup("outer", "outer");
        fake.Site.AddGroup("inner", "inner");
        fake.Site.AddSubgroup("outer", "inner");
        fake.Site.AddSubgroup("inner", "outer");
        fake.Site.AddMember("inner", "ada");
        fake.Site.SetRestriction("12", [], ["outer"]);

        fake.Site.CanView("ada", "12").ShouldBeTrue();
        fake.Site.CanView("ben", "12").ShouldBeFalse();
        fake.Site.RemoveMember("inner", "ada");
        fake.Site.CanView("ada", "12").ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_restriction_and_one_of_editing_hide_nothing()
    {
        await using var fake = await FamilyAsync();
        fake.Site.SetRestriction("12", [], []);
        fake.Site.SetEditRestriction("12", ["ada"], []);

        fake.Site.CanView("ben", "12").ShouldBeTrue();
        fake.Site.CanViewAnonymously("12").ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_between_passes_a_restriction_on()
    {
        await using var fake = await FamilyAsync();
        fake.Site.AddPage("20", "1", "10", "Folder", "", PageKind.Folder);
        fake.Site.AddPage("21", "1", "20", "In the folder", "");
        fake.Site.SetRestriction("10", ["ada"], []);

        fake.Site.CanView("ben", "21").ShouldBeFalse();
        fake.Site.CanView("ada", "21").ShouldBeTrue();
    }

    [Fact]
    public async Task A_guest_views_what_names_them_or_a_group_of_theirs()
    {
        await using var fake = await FamilyAsync();
        fake.Site.AddUser("gil", "gil", kind: UserKind.Guest);
        fake.Site.AddGroup("g", "guests");
        fake.Site.AddMember("g", "gil");

        fake.Site.CanView("gil", "12").ShouldBeFalse();
        fake.Site.Grant("1", new SpaceReader.Group("g"));
        fake.Site.CanView("gil", "12").ShouldBeTrue();
    }

    [Fact]
    public async Task Anonymous_visitors_need_the_space_the_site_and_no_restriction_above()
    {
        await using var fake = await FamilyAsync();
        fake.Site.Grant("1", new SpaceReader.Anonymous());

        fake.Site.CanViewAnonymously("12").ShouldBeTrue();
        fake.Site.SetRestriction("10", ["ada"], []);
        fake.Site.CanViewAnonymously("12").ShouldBeFalse();
        fake.Site.ClearRestriction("10");
        fake.Site.Set(switches => switches.IsOpenToAnyone = false);
        fake.Site.CanViewAnonymously("12").ShouldBeFalse();
    }

    [Fact]
    public async Task Deactivated_people_apps_customers_and_strangers_view_nothing()
    {
        await using var fake = await FamilyAsync();
        fake.Site.AddUser("bot", "bot", kind: UserKind.App);
        fake.Site.AddUser("cus", "cus", kind: UserKind.Customer);
        fake.Site.Grant("1", new SpaceReader.User("cus"));
        fake.Site.Deactivate("ada");

        ((string[])["ada", "bot", "cus", "nobody"]).ShouldAllBe(user => !fake.Site.CanView(user, "12"));
    }

    [Fact]
    public async Task Comments_and_attachments_follow_their_page()
    {
        await using var fake = await FamilyAsync();
        var comment = fake.Site.AddComment("12", "<p>so</p>", "ada");
        var file = fake.Site.AddAttachment("12", "plan.txt", "text/plain", [1]);
        fake.Site.SetRestriction("10", ["ada"], []);

        ((string[])[comment, file]).ShouldAllBe(id => fake.Site.CanView("ada", id) && !fake.Site.CanView("ben", id));
        fake.Site.Trash("12");
        ((string[])[comment, file, "12"]).ShouldAllBe(id => !fake.Site.CanView("ada", id));
    }

    [Fact]
    public async Task A_move_changes_who_may_view_all_below()
    {
        await using var fake = await FamilyAsync();
        fake.Site.AddSpace("2", "HR", "People");
        fake.Site.Grant("2", new SpaceReader.User("ada"));
        fake.Site.MovePage("11", null, "2");

        fake.Site.CanView("ada", "12").ShouldBeTrue();
        fake.Site.CanView("ben", "12").ShouldBeFalse();
        fake.Site.CanView("ben", "10").ShouldBeTrue();
    }

    /// <summary>10 above 11 above 12.</summary>
    private static async Task<FakeSite> FamilyAsync()
    {
        var fake = await FakeSite.StartAsync();
        fake.Site.AddPage("10", "1", null, "Grandmother", "");
        fake.Site.AddPage("11", "1", "10", "Mother", "");
        fake.Site.AddPage("12", "1", "11", "Daughter", "");
        return fake;
    }
}
