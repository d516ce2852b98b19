using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.GitHub.Api;

/// <summary>Walks listings to the page whose Link header names no next one (facts/sources.md §3.3); short pages are no end.</summary>
internal static class GitHubPaging
{
    private const int PageSize = 100;

    private const int MaximumPages = 20_000;

    public static async IAsyncEnumerable<JsonElement> ListAsync(this SourceHttp http, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; number <= MaximumPages; number++)
        {
            var page = await http.GetPageAsync($"{path}{separator}per_page={PageSize}&page={number}", cancellationToken);
            var fresh = page.Body.Items().Where(item => seen.Add(item.Text("id"))).ToList();
            foreach (var item in fresh)
            {
                yield return item;
            }

            if (!page.HasNext)
            {
                yield break;
            }

            ThrowIfRepeated(fresh.Count);
        }

        throw Endless();
    }

    /// <summary>
    /// A listing by time of change. By page numbers alone an edit during the walk would shift something over the edge of a page, unseen; so each full page is followed
    /// by asking from its last time on, and pages are counted only within one second. What changes during the walk may come twice.
    /// </summary>
    /// <param name="since">Null for all.</param>
    public static async IAsyncEnumerable<JsonElement> ListByTimeAsync(this SourceHttp http, string path, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var seen = new HashSet<(string Id, string Updated)>();
        var number = 1;
        for (var pages = 0; pages < MaximumPages; pages++)
        {
            var from = since is { } time ? $"&since={time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "";
            var page = await http.GetPageAsync($"{path}{separator}sort=updated&direction=asc&per_page={PageSize}&page={number}{from}", cancellationToken);
            var fresh = page.Body.Items().Where(item => seen.Add((item.Text("id"), item.Text("updated_at")))).ToList();
            foreach (var item in fresh)
            {
                yield return item;
            }

            if (!page.HasNext)
            {
                yield break;
            }

            var last = page.Body.Items().Select(item => item.Time("updated_at")).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Last();
            var isFurther = since is null || last > since;

            // The first page of a second begins with what the page before ended on.
            ThrowIfRepeated(isFurther || number > 1 ? fresh.Count : 1);
            (since, number) = isFurther ? (last, 1) : (since, number + 1);
        }

        throw Endless();
    }

    private static void ThrowIfRepeated(int fresh)
    {
        if (fresh == 0)
        {
            throw Endless();
        }
    }

    private static SourceException Endless() => new("A listing of the site does not end, so it was broken off: it is tried again by itself.");
}
