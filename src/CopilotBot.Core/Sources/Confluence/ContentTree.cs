using System.Collections.Immutable;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;

namespace CopilotBot.Sources.Confluence;

/// <summary>What is remembered of the tree of a site and of its view restrictions. Immutable: a reading changes a copy.</summary>
/// <param name="Contents">By id; also trashed ones and drafts, where they are ancestors.</param>
/// <param name="Restrictions">By id, of everything that was asked for.</param>
/// <param name="Unreadable">Ids of ancestors that could not be read.</param>
internal sealed record ContentTree(ImmutableDictionary<string, ContentRef> Contents, ImmutableDictionary<string, Readers> Restrictions, ImmutableHashSet<string> Unreadable)
{
    /// <summary>Deeper than the site allows.</summary>
    private const int MaximumDepth = 1_000;

    public static ContentTree Empty { get; } = new(ImmutableDictionary<string, ContentRef>.Empty, ImmutableDictionary<string, Readers>.Empty, []);

    /// <summary>What has to be read before the layers of the content are known: it itself, or the first ancestor that is missing; null when nothing is.</summary>
    public (string Id, string Kind)? FindMissing(string id, string kind)
    {
        foreach (var (current, currentKind) in PathOf(id, kind))
        {
            if (!Unreadable.Contains(current) && !(Contents.ContainsKey(current) && Restrictions.ContainsKey(current)))
            {
                return (current, currentKind);
            }
        }

        return null;
    }

    /// <summary>
    /// The space, every restricted ancestor and the content's own restriction: a reader must pass all of them (facts/sources.md §0.1). What is not known lets nobody in.
    /// </summary>
    public IReadOnlyList<LayerId> LayersOf(SourceName source, string id)
    {
        var layers = new List<LayerId>();
        foreach (var (current, _) in PathOf(id, ""))
        {
            // All of a path stand in one space; while a tree is moved, some are known to be in the old one.
            var space = SpaceLayer(source, Contents.TryGetValue(current, out var content) ? content.SpaceId : "");
            if (!layers.Contains(space))
            {
                layers.Add(space);
            }

            if (content is null || !Restrictions.TryGetValue(current, out var readers))
            {
                layers.Add(new LayerId($"{source}:unknown-page:{current}"));
            }
            else if (readers.IsRestricted)
            {
                layers.Add(PageLayer(source, current));
            }
        }

        return layers;
    }

    public static LayerId SpaceLayer(SourceName source, string space) => new($"{source}:space:{space}");

    public static LayerId PageLayer(SourceName source, string id) => new($"{source}:page:{id}");

    public ContentTree With(ContentRef content) => this with { Contents = Contents.SetItem(content.Id, content), Unreadable = Unreadable.Remove(content.Id) };

    public ContentTree With(string id, Readers readers) => this with { Restrictions = Restrictions.SetItem(id, readers) };

    public ContentTree WithUnreadable(string id) => this with { Contents = Contents.Remove(id), Restrictions = Restrictions.Remove(id), Unreadable = Unreadable.Add(id) };

    /// <summary>With what another tree knows of the content.</summary>
    public ContentTree WithAllOf(ContentTree other, string id) => new(
        other.Contents.TryGetValue(id, out var content) ? Contents.SetItem(id, content) : Contents.Remove(id),
        other.Restrictions.TryGetValue(id, out var readers) ? Restrictions.SetItem(id, readers) : Restrictions.Remove(id),
        other.Unreadable.Contains(id) ? Unreadable.Add(id) : Unreadable.Remove(id));

    /// <summary>The content and its ancestors, from below; ends at the first that is not known.</summary>
    public IEnumerable<(string Id, string Kind)> PathOf(string id, string kind)
    {
        var depth = 0;
        while (id.Length > 0 && depth++ < MaximumDepth)
        {
            yield return (id, kind);
            if (!Contents.TryGetValue(id, out var content))
            {
                yield break;
            }

            (id, kind) = (content.ParentId, content.ParentKind);
        }
    }
}
