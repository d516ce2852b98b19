namespace CopilotBot.FakeConfluence;

/// <summary>What searches know: current pages and blog posts, some time late (facts §1.3, §5.3).</summary>
internal sealed class SearchIndex(ConfluenceState state, SiteSwitches switches, Func<DateTimeOffset> now)
{
    public Cql Parse(string text) => Cql.Parse(text, now(), switches.QueryZone);

    /// <summary>Archived content too: a query cannot filter by status (facts §1.3).</summary>
    public IEnumerable<PageState> Find(Cql query) => (query.Ids is { } ids ? ids.Distinct().Select(id => state.Pages.GetValueOrDefault(id)).OfType<PageState>() : state.Pages.Values)
        .Where(page => page.Kind != PageKind.Folder && (page.Status is "current" or "archived") && Known(page) is { } modified && state.Spaces[page.SpaceId].Status == "current" && query.Matches(page, state.Spaces[page.SpaceId], modified));

    /// <summary>Comments and attachments, which are contents of their own (facts §1.4).</summary>
    public IEnumerable<(ItemState Item, PageState Page)> FindParts(Cql query) =>
        state.Comments.Values.Select(comment => (Item: (ItemState)comment, comment.Page)).Concat(state.Attachments.Values.Select(file => (Item: (ItemState)file, file.Page)))
            .Where(part => part.Page.Status == "current" && Known(part.Item) is { } modified && query.Matches(part.Item, state.Spaces[part.Page.SpaceId], modified));

    private DateTimeOffset? Known(ItemState item) => item.Modified + switches.IndexLag <= now() ? item.Modified : item.Before;
}
