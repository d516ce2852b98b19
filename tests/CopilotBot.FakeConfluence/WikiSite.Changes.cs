namespace CopilotBot.FakeConfluence;

/// <summary>What people do on the site. All of it is stamped by the site's clock and is safe from any thread.</summary>
public sealed partial class WikiSite
{
    public void AddUser(string accountId, string displayName, string? email = null, AccountKind kind = AccountKind.Person) => Change(world => world.Accounts[accountId] = new Account(accountId, displayName, email, kind));

    public void SetActive(string accountId, bool isActive) => Change(world => world.Accounts[accountId].IsActive = isActive);

    public void AddGroup(string id, string name) => Change(world => world.Groups[id] = new UserGroup(id, name));

    public void RenameGroup(string id, string name) => Change(world => world.Groups[id].Name = name);

    public void AddMember(string group, string accountId) => Change(world => world.Groups[group].Members.Add(accountId));

    public void RemoveMember(string group, string accountId) => Change(world => world.Groups[group].Members.Remove(accountId));

    public void AddSubgroup(string group, string below) => Change(world => world.Groups[group].Subgroups.Add(below));

    public void RemoveSubgroup(string group, string below) => Change(world => world.Groups[group].Subgroups.Remove(below));

    public void AddSpace(string id, string key, string name) => Change(world => world.Spaces[id] = new Space(id, key, name));

    /// <summary>Who may view a space; each call says all of it.</summary>
    public void SetSpaceReaders(string space, IEnumerable<string> users, IEnumerable<string> groups, bool licensed = false, bool anyone = false) => Change(world =>
    {
        var one = world.Spaces[space];
        one.Users.Clear();
        one.Groups.Clear();
        one.Users.UnionWith(users);
        one.Groups.UnionWith(groups);
        (one.IsForLicensed, one.IsForAnyone) = (licensed, anyone);
    });

    /// <param name="kind">"page", "blogpost" or "folder".</param>
    /// <returns>Its id.</returns>
    public string AddContent(string space, string title, string body, string? parent = null, string kind = "page", string author = "") => Change(world =>
    {
        var content = new Content(world.NextId(), kind, space, parent, title, body, author, Time.GetUtcNow());
        world.Contents[content.Id] = content;
        return content.Id;
    });

    public void Edit(string id, string body) => Change(world => Bump(world.Contents[id]).Body = body);

    public void Rename(string id, string title) => Change(world => Bump(world.Contents[id]).Title = title);

    /// <summary>Bumps no version (facts §1.4).</summary>
    public void Move(string id, string? parent, string? space = null) => Change(world =>
    {
        var content = world.Contents[id];
        content.ParentId = parent;
        MoveBelow(world, content, space ?? content.SpaceId);
    });

    /// <param name="status">"current", "draft", "archived" or "trashed"; bumps no version (facts §1.4).</param>
    public void SetStatus(string id, string status) => Change(world => world.Contents[id].Status = status);

    /// <summary>Gone for good; what was below it moves up.</summary>
    public void Purge(string id) => Change(world =>
    {
        var gone = world.Contents[id];
        world.Contents.Remove(id);
        foreach (var below in world.Contents.Values.Where(content => content.ParentId == id))
        {
            below.ParentId = gone.ParentId;
        }

        gone.Comments.ForEach(comment => world.Comments.Remove(comment.Id));
        gone.Attachments.ForEach(attachment => world.Attachments.Remove(attachment.Id));
    });

    /// <summary>View restriction, empty for none; bumps no version (facts §1.4).</summary>
    public void Restrict(string id, IEnumerable<string> users, IEnumerable<string> groups) => Change(world =>
    {
        var content = world.Contents[id];
        content.Users.Clear();
        content.Groups.Clear();
        content.Users.UnionWith(users);
        content.Groups.UnionWith(groups);
    });

    public void AddLabel(string id, string label) => Change(world => world.Contents[id].Labels.Add(label));

    /// <summary>Does not touch the page (facts §1.4).</summary>
    public string AddComment(string on, string author, string body, bool isInline = false) => Change(world =>
    {
        var comment = new Comment(world.NextId(), world.Contents[on], isInline, author, body, Time.GetUtcNow());
        world.Comments[comment.Id] = comment;
        comment.On.Comments.Add(comment);
        return comment.Id;
    });

    public void EditComment(string id, string body) => Change(world =>
    {
        var comment = world.Comments[id];
        (comment.Body, comment.Version, comment.Modified) = (body, comment.Version + 1, Time.GetUtcNow());
    });

    public void DeleteComment(string id) => Change(world =>
    {
        world.Comments[id].On.Comments.Remove(world.Comments[id]);
        world.Comments.Remove(id);
    });

    public string AddAttachment(string on, string fileName, string mediaType, byte[] bytes) => Change(world =>
    {
        var attachment = new Attachment("att" + world.NextId(), world.Contents[on], fileName, mediaType, bytes, Time.GetUtcNow());
        world.Attachments[attachment.Id] = attachment;
        attachment.On.Attachments.Add(attachment);
        return attachment.Id;
    });

    public void DeleteAttachment(string id) => Change(world =>
    {
        world.Attachments[id].On.Attachments.Remove(world.Attachments[id]);
        world.Attachments.Remove(id);
    });

    /// <summary>All that stands below it in the tree.</summary>
    public IReadOnlyList<string> Below(string id) => Change(world => (IReadOnlyList<string>)[.. world.Contents.Values.Where(content => content.Id != id && world.Upwards(content).Any(above => above.Id == id)).Select(content => content.Id)]);

    /// <summary>Pages and blog posts, in whatever status.</summary>
    public IReadOnlyList<string> Readable => Change(world => (IReadOnlyList<string>)[.. world.Contents.Values.Where(content => content.Kind != "folder").Select(content => content.Id)]);

    /// <summary>See <see cref="World.CanView"/>.</summary>
    public bool CanView(string accountId, string contentId) => Change(world => world.CanView(accountId, contentId));

    public bool CanViewAnonymously(string contentId) => Change(world => world.CanViewAnonymously(contentId));

    private Content Bump(Content content)
    {
        (content.Version, content.Modified) = (content.Version + 1, Time.GetUtcNow());
        return content;
    }

    private static void MoveBelow(World world, Content content, string space)
    {
        content.SpaceId = space;
        foreach (var below in world.Contents.Values.Where(one => one.ParentId == content.Id).ToList())
        {
            MoveBelow(world, below, space);
        }
    }
}
