using CopilotBot.FakeConfluence;
using ConfluenceSite = CopilotBot.FakeConfluence.ConfluenceSite;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>A site of people, nested groups, spaces and trees with restrictions, and what may happen to it. Everything follows from the seed.</summary>
internal sealed class RandomConfluence
{
    /// <summary>In every text.</summary>
    public const string Word = "lantern";

    private readonly ConfluenceSite _site;
    private readonly Random _random;
    private readonly List<string> _groups = [];
    private readonly List<(string Id, string Space, string? Parent)> _contents = [];
    private readonly List<string> _blogPosts = [];
    private readonly Dictionary<string, List<SpaceReader>> _readers = [];

    public RandomConfluence(ConfluenceSite site, int seed)
    {
        (_site, _random) = (site, new Random(seed));
        for (var at = 0; at < 12; at++)
        {
            var kind = !IsCloud ? UserKind.Person : at switch { 8 => UserKind.Guest, 9 => UserKind.App, 10 => UserKind.Customer, _ => UserKind.Person };
            _site.AddUser($"acc-{at}", "The same name", at % 3 == 0 ? null : $"person{at}@halvorne.example", kind);
            People.Add($"acc-{at}");
        }

        for (var at = 0; at < 6; at++)
        {
            _groups.Add($"group-{at}");
            _site.AddGroup($"group-{at}", $"team {at}");
            Some(People, 3).ForEach(person => _site.AddMember($"group-{at}", person));
        }

        _site.AddSubgroup("group-0", "group-1");
        _site.AddSubgroup("group-1", "group-2");
        _site.AddSubgroup("group-2", "group-0"); // a circle, which directories allow
        for (var at = 1; at <= 3; at++)
        {
            _site.AddSpace($"{at}", $"SP{at}", $"Space {at}");
            SetReaders($"{at}");
        }

        for (var at = 0; at < 40; at++)
        {
            AddContent();
        }
    }

    /// <summary>Data Center knows no guests, no folders and groups are their names.</summary>
    private bool IsCloud => _site.Edition == ConfluenceEdition.Cloud;

    public List<string> People { get; } = [];

    /// <summary>Pages and blog posts, in whatever status.</summary>
    public List<string> Readable { get; } = [];

    /// <returns>What happened, for the message of a failed test, and the content that an event would name.</returns>
    public (string What, string? Id) Mutate()
    {
        var (id, space, _) = _contents[_random.Next(_contents.Count)];
        switch (_random.Next(16))
        {
            case 0 or 1 or 2:
                Restrict(id);
                return ($"restrict {id}", id);
            case 3:
                _site.ClearRestriction(id);
                return ($"clear {id}", id);
            case 4 or 5:
                return ($"move {id} to {Move(id, space)}", id);
            case 6:
                SetReaders(space);
                return ($"readers of {space}", null);
            case 7:
                _site.AddMember(Any(_groups), Any(People));
                return ("member added", null);
            case 8:
                _site.RemoveMember(Any(_groups), Any(People));
                return ("member removed", null);
            case 9:
                SetStatus(id, Any(["archived", "trashed", "current", "current"]));
                return ($"status of {id}", id);
            case 10:
                _site.EditPage(id, $"<p>{Word} again {_random.Next(1000)}</p>");
                return ($"edit {id}", id);
            case 11:
                _site.AddComment(id, $"<p>{Word} remark</p>", Any(People));
                return ($"comment on {id}", id);
            case 12:
                if (_random.Next(3) > 0)
                {
                    _site.Activate(Any(People));
                }
                else
                {
                    _site.Deactivate(Any(People));
                }

                return ("somebody leaves or returns", null);
            case 13 when IsCloud:
                _site.RenameGroup(Any(_groups), $"renamed {_random.Next(1000)}");
                return ("group renamed", null);
            case 14:
                return ($"add {AddContent()}", null);
            default:
                _site.AddAttachment(id, $"file{_random.Next(100000)}.txt", "text/plain", "lantern in a file"u8.ToArray());
                return ($"attachment on {id}", id);
        }
    }

    private string AddContent()
    {
        var space = $"{_random.Next(1, 4)}";
        var above = _contents.Where(content => content.Space == space).ToList();
        var kind = _random.Next(10) switch { 0 => PageKind.BlogPost, 1 or 2 when IsCloud => PageKind.Folder, _ => PageKind.Page };
        var parent = kind == PageKind.BlogPost || above.Count == 0 || _random.Next(4) == 0 ? null : Any(above).Id;
        var id = $"{1001 + _contents.Count + _blogPosts.Count}";
        _site.AddPage(id, space, parent, $"Title {id}", $"<p>{Word} body {id}</p>", kind, kind == PageKind.Page && _random.Next(8) == 0 ? "draft" : "current");
        if (kind == PageKind.BlogPost)
        {
            _blogPosts.Add(id);
        }
        else
        {
            _contents.Add((id, space, parent));
        }

        if (kind != PageKind.Folder)
        {
            Readable.Add(id);
        }

        if (_random.Next(3) == 0)
        {
            Restrict(id);
        }

        return id;
    }

    private void SetStatus(string id, string status)
    {
        if (!Readable.Contains(id))
        {
            return;
        }

        switch (status)
        {
            case "archived":
                _site.Archive(id);
                break;
            case "trashed":
                _site.Trash(id);
                break;
            default:
                _site.Restore(id);
                break;
        }
    }

    private void Restrict(string id)
    {
        var (users, groups) = (Some(People, 3), Some(_groups, 2));
        if (users.Count + groups.Count == 0)
        {
            _site.ClearRestriction(id);
        }
        else
        {
            _site.SetRestriction(id, users, groups);
        }
    }

    private string Move(string id, string space)
    {
        var below = Below(id);
        var to = _contents.Where(content => !below.Contains(content.Id)).ToList();
        var (parent, target) = to.Count == 0 || _random.Next(5) == 0 ? ((string?)null, space) : Any(to) is var chosen ? (chosen.Id, chosen.Space) : default;
        _site.MovePage(id, parent, target);
        for (var at = 0; at < _contents.Count; at++)
        {
            if (below.Contains(_contents[at].Id))
            {
                _contents[at] = (_contents[at].Id, target, _contents[at].Id == id ? parent : _contents[at].Parent);
            }
        }

        return parent ?? "the top";
    }

    /// <summary>It and all that stands below it.</summary>
    private HashSet<string> Below(string id)
    {
        var below = new HashSet<string> { id };
        while (_contents.Where(content => content.Parent is { } parent && below.Contains(parent) && below.Add(content.Id)).ToList().Count > 0)
        {
        }

        return below;
    }

    private void SetReaders(string space)
    {
        _readers.GetValueOrDefault(space, []).ForEach(reader => _site.Revoke(space, reader));
        _readers[space] =
        [
            .. Some(People, 3).Select(id => new SpaceReader.User(id)), .. Some(_groups, 2).Select(id => new SpaceReader.Group(id)),
            .. _random.Next(3) == 0 ? [new SpaceReader.Licensed()] : (SpaceReader[])[], .. _random.Next(6) == 0 ? [new SpaceReader.Anonymous()] : (SpaceReader[])[],
        ];
        _readers[space].ForEach(reader => _site.Grant(space, reader));
    }

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    /// <summary>Up to so many of them.</summary>
    private List<string> Some(List<string> all, int most) => [.. all.OrderBy(_ => _random.Next()).Take(_random.Next(most + 1))];
}
