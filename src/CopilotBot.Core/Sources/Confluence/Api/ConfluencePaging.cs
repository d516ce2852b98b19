using System.Runtime.CompilerServices;
using System.Text.Json;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence.Api;

/// <summary>Walks listings to their end mark; one that repeats itself or does not end is an error, never an end (facts/sources.md §1.2, §7.5).</summary>
internal sealed class ConfluencePaging(SourceHttp http)
{
    private const int MaximumPages = 20_000;

    private const string Prefix = "/wiki";

    /// <summary>By the link to the next page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = path; next.Length > 0;)
        {
            if (!seen.Add(next))
            {
                throw new SourceException("A listing of the site names the same next page twice, so it was broken off: it is tried again by itself.");
            }

            ThrowIfEndless(seen.Count);
            var page = await http.GetAsync(next, cancellationToken);
            foreach (var item in page.Items("results"))
            {
                yield return item;
            }

            next = Follow(page.Text("_links", "next"));
        }
    }

    /// <summary>By offset, until a page is empty: short pages are no end.</summary>
    public async IAsyncEnumerable<JsonElement> ListByOffsetAsync(string path, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var start = 0;
        for (var pages = 1; ; pages++)
        {
            ThrowIfEndless(pages);
            var page = await http.GetAsync($"{path}{separator}start={start}&limit={limit}", cancellationToken);
            var count = 0;
            foreach (var item in page.Items("results"))
            {
                count++;
                yield return item;
            }

            if (count == 0)
            {
                yield break;
            }

            start += count;
        }
    }

    /// <summary>The content's own view restriction, whose users and groups come in pages (facts/sources.md §1.6).</summary>
    public async Task<Readers> ReadRestrictionAsync(string content, Func<JsonElement, Readers> parse, CancellationToken cancellationToken)
    {
        const int Limit = 100;
        var (accounts, groups) = (new List<string>(), new List<string>());
        for (var start = 0; ; start += Limit)
        {
            var answer = await http.GetAsync($"{content}/restriction/byOperation/read?expand=restrictions.user,restrictions.group&start={start}&limit={Limit}", cancellationToken);
            var some = parse(answer.Get("restrictions"));
            accounts.AddRange(some.Accounts);
            groups.AddRange(some.Groups);
            if (some.Accounts.Count < Limit && some.Groups.Count < Limit)
            {
                return new Readers(accounts, groups);
            }

            ThrowIfEndless(start / Limit);
        }
    }

    private static void ThrowIfEndless(int pages)
    {
        if (pages > MaximumPages)
        {
            throw new SourceException("A listing of the site does not end, so it was broken off: it is tried again by itself.");
        }
    }

    /// <summary>Links of v2 start with /wiki; those of v1 may leave it out. On the gateway both stand below its root.</summary>
    private static string Follow(string next) =>
        next.Length == 0 ? "" : Uri.TryCreate(next, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal) ? Follow(absolute.PathAndQuery)
        : next.StartsWith(Prefix + "/", StringComparison.Ordinal) ? next
        : next.IndexOf("/wiki/", StringComparison.Ordinal) is var at && at > 0 ? next[at..]
        : Prefix + next;
}
