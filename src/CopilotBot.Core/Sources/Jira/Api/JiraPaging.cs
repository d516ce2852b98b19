using System.Runtime.CompilerServices;
using System.Text.Json;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Jira.Api;

/// <summary>Walks listings by offset to an empty page or the end that the site names; short pages are no end.</summary>
internal static class JiraPaging
{
    private const int MaximumPages = 20_000;

    /// <param name="items">Name of the array in the answer; empty when the answer is the array.</param>
    public static async IAsyncEnumerable<JsonElement> ListAsync(
        this SourceHttp http, string path, string items, int limit, [EnumeratorCancellation] CancellationToken cancellationToken, string start = "startAt", string size = "maxResults")
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var offset = 0;
        for (var pages = 1; ; pages++)
        {
            ThrowIfEndless(pages);
            var page = await http.GetAsync($"{path}{separator}{start}={offset}&{size}={limit}", cancellationToken);
            var count = 0;
            foreach (var item in items.Length == 0 ? page.Items() : page.Items(items))
            {
                count++;
                yield return item;
            }

            offset += count;
            if (count == 0 || (int.TryParse(page.Text("total"), out var total) && offset >= total))
            {
                yield break;
            }
        }
    }

    public static void ThrowIfEndless(int pages)
    {
        if (pages > MaximumPages)
        {
            throw new SourceException("A listing of the site does not end, so it was broken off: it is tried again by itself.");
        }
    }
}
