using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>A site of people, nested groups, spaces and trees with restrictions, and what may happen to it. Everything follows from the seed.</summary>
internal sealed class RandomConfluence
{
    /// <summary>In every text.</summary>
    public const string Word = "lantern";

    private readonly WikiSite _site;
    private readonly Random _random;
    private readonly List<string> _groups = [];
    private readonly List<(string Id, string Space)> _contents = [];
    private readonly List<string> _comments = [];

    public RandomConfluence(WikiSite site, int seed)
    {
        (_site, _random) = (site, new Random(seed));
        for (var at = 0; at < 12; at++)
        {
            var kind = !IsCloud ? AccountKind.Person : at switch { 8 => AccountKind.Guest, 9 => AccountKind.App, 10 => AccountKind.Customer, _ => AccountKind.Person };
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

    /// <summary>Data Center knows no guests, no folders and no class of all who are licensed.</summary>
    private bool IsCloud => _site.Edition == ConfluenceEdition.Cloud;

    public List<string> People { get; } = [];

    public IEnumerable<string> Contents => _contents.Select(content => content.Id);

    /// <returns>What happened, for the message of a failed test, and the content that an event would name.</returns>
    public (string What, string? Id) Mutate()
    {
        var (id, space) = _contents[_random.Next(_contents.Count)];
        switch (_random.Next(16))
        {
            case 0 or 1 or 2:
                Restrict(id);
                return ($"restrict {id}", id);
            case 3:
                _site.Restrict(id, [], []);
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
                _site.SetStatus(id, Any(["archived", "trashed", "current", "current", "draft"]));
                return ($"status of {id}", id);
            case 10:
                _site.Edit(id, $"<p>{Word} again {_random.Next(1000)}</p>");
                return ($"edit {id}", id);
            case 11:
                _comments.Add(_site.AddComment(id, Any(People), $"<p>{Word} remark</p>"));
                return ($"comment on {id}", id);
            case 12:
                _site.SetActive(Any(People), _random.Next(3) > 0);
                return ("somebody leaves or returns", null);
            case 13:
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
        var kind = _random.Next(10) switch { 0 => "blogpost", 1 or 2 => "folder", _ => "page" };
        kind = kind == "folder" && !IsCloud ? "page" : kind;
        var parent = kind == "blogpost" || above.Count == 0 || _random.Next(4) == 0 ? null : Any(above).Id;
        var id = _site.AddContent(space, $"Title {_contents.Count}", $"<p>{Word} body {_contents.Count}</p>", parent, kind);
        if (kind != "blogpost")
        {
            _contents.Add((id, space));
        }

        if (_random.Next(3) == 0)
        {
            Restrict(id);
        }

        if (_random.Next(8) == 0)
        {
            _site.SetStatus(id, "draft");
        }

        return id;
    }

    private void Restrict(string id) => _site.Restrict(id, Some(People, 3), Some(_groups, 2));

    private string Move(string id, string space)
    {
        var below = new HashSet<string>(_site.Below(id)) { id };
        var to = _contents.Where(content => !below.Contains(content.Id)).ToList();
        var (parent, target) = to.Count == 0 || _random.Next(5) == 0 ? ((string?)null, space) : Any(to);
        _site.Move(id, parent, target);
        for (var at = 0; at < _contents.Count; at++)
        {
            if (below.Contains(_contents[at].Id))
            {
                _contents[at] = (_contents[at].Id, target);
            }
        }

        return parent ?? "the top";
    }

    private void SetReaders(string space) => _site.SetSpaceReaders(space, Some(People, 3), Some(_groups, 2), IsCloud && _random.Next(3) == 0, _random.Next(6) == 0);

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    /// <summary>Up to so many of them.</summary>
    private List<string> Some(List<string> all, int most) => [.. all.OrderBy(_ => _random.Next()).Take(_random.Next(most + 1))];
}
