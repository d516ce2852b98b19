using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence;
using CopilotBot.Sources.Jira;

namespace CopilotBot.Sources.Files;

/// <summary>
/// A folder: an export in the shapes of the REST APIs (site.json, people.json, confluence/, jira/) with the readers that it names, and beside or without it any
/// Markdown, storage-format, JSON and JSONL files, which are for the readers that the admin named. Links out of the folder are not followed.
/// </summary>
public sealed class FilesSource(SourceName name, FilesSourceSettings settings) : ISource
{
    private const string FormatVersion = "1";

    private readonly LayerId _folderLayer = new($"{name}:folder");

    public SourceName Name => name;

    public async IAsyncEnumerable<SourceChange> GetChangesAsync(SyncCursor? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = List();
        var cursor = Fingerprint(files);
        if (since == cursor)
        {
            yield return new SourceChange.Unchanged();
            yield return new SourceChange.Completed(cursor);
            yield break;
        }

        var site = TryRead("site.json");
        var people = ReadPeople(TryRead("people.json"));
        var names = people.ToDictionary(person => person.AccountId, person => person.DisplayName, StringComparer.Ordinal);
        var confluence = new ConfluenceSite(name, site.Text("confluenceUrl"), names.GetValueOrDefault);
        var jira = new JiraSite(name, site.Text("jiraUrl"));
        var failures = new List<SourceChange>();
        foreach (var space in TryRead("confluence/spaces.json").Items("results"))
        {
            confluence.AddSpace(space);
        }

        foreach (var path in files.Keys.Where(path => path.StartsWith("jira/projects/", StringComparison.Ordinal)))
        {
            if (Try(path, () => jira.AddProject(Json(path))) is { } failure)
            {
                failures.Add(failure);
            }
        }

        foreach (var path in files.Keys.Where(path => path.StartsWith("confluence/pages/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)))
        {
            if (Try(path, () => confluence.AddPage(Json(path))) is { } failure)
            {
                failures.Add(failure);
            }
        }

        // Where docs.jsonl stands, it is the export; what lies beside it (a README, older versions) is about the export.
        var exports = files.Keys.Where(path => Path.GetFileName(path) == "docs.jsonl").ToDictionary(path => path[..^"docs.jsonl".Length], path => path, StringComparer.Ordinal);
        bool IsBesideExport(string path) => exports.TryGetValue(path[..(path.LastIndexOf('/') + 1)], out var export) && export != path;
        var changes = files.Keys.Where(path => !IsMetadata(path) && !IsBesideExport(path)).SelectMany(path => Read(path, confluence, jira)).ToList();
        yield return new SourceChange.Directory(
            [new AccessLayer(_folderLayer, settings.Readers.Count > 0 ? settings.Readers : [Principal.Licensed]), .. confluence.Layers, .. jira.Layers],
            people,
            changes.OfType<SourceChange.Seen>().Count());
        foreach (var change in failures.Concat(changes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return change;
        }

        await Task.CompletedTask;
        yield return new SourceChange.Completed(cursor);
    }

    private static bool IsMetadata(string path) =>
        path is "site.json" or "people.json" or "confluence/spaces.json"
        || path.StartsWith("jira/projects/", StringComparison.Ordinal)
        || (path.StartsWith("confluence/pages/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal));

    /// <summary>Relative paths with '/', and what tells that a file changed.</summary>
    private SortedDictionary<string, (long Size, DateTime Written)> List()
    {
        try
        {
            var root = new DirectoryInfo(settings.Path);
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
            var files = new SortedDictionary<string, (long, DateTime)>(StringComparer.Ordinal);
            foreach (var file in root.EnumerateFiles("*", options))
            {
                files[Path.GetRelativePath(root.FullName, file.FullName).Replace('\\', '/')] = (file.Length, file.LastWriteTimeUtc);
            }

            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"The folder '{settings.Path}' of the source '{name}' cannot be read: check that it exists and that this user may read it.", exception);
        }
    }

    private SyncCursor Fingerprint(SortedDictionary<string, (long Size, DateTime Written)> files)
    {
        var text = new StringBuilder(FormatVersion).Append('\n').AppendJoin(',', settings.Readers).Append('\n').Append(settings.BaseUrl);
        foreach (var (path, (size, written)) in files)
        {
            text.Append('\n').Append(path).Append('|').Append(size).Append('|').Append(written.Ticks);
        }

        return new SyncCursor(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    private List<Person> ReadPeople(JsonElement people) =>
    [
        .. people.Items("people").Select(person => new Person(
            $"{name}:{person.Text("accountId")}", person.Text("accountId"), person.Text("displayName"),
            person.Text("email") is { Length: > 0 } email ? email : null, person.Text("title") is { Length: > 0 } title ? title : null,
            [
                Principal.User(name, person.Text("accountId")), .. person.Items("groups").Select(group => Principal.Group(name, group.GetString() ?? "")),
                Principal.Licensed, Principal.Anyone,
            ])),
    ];

    private IReadOnlyList<SourceChange> Read(string path, ConfluenceSite confluence, JiraSite jira)
    {
        IReadOnlyList<SourceChange> changes = [];
        var failure = Try(path, () => changes = path switch
        {
            _ when path.StartsWith("confluence/pages/", StringComparison.Ordinal) && confluence.Pages.ContainsKey(PageId(path)) => Page(PageId(path), ReadText(path), confluence),
            // Without its metadata nobody knows who may read the page.
            _ when path.StartsWith("confluence/pages/", StringComparison.Ordinal) =>
                [new SourceChange.Failed(DocumentId.Create(name, "page", PageId(path)), $"The page '{path}' has no readable JSON beside it: restore '{PageId(path)}.json'.")],
            _ when path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase) => [Markdown(path)],
            _ when path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) => Lines(path),
            _ when path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) =>
                [Seen(FileId(path), TitleOf(path), StorageFormatConverter.Convert(ReadText(path), _ => null), Written(path))],
            _ when path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) => JsonFile(path, jira),
            _ => [new SourceChange.Skipped(FileId(path), "It is not a kind of file that is read (.md, .xml, .html, .json, .jsonl).")],
        });
        return failure is null ? changes : [failure];
    }

    private static string PageId(string path) => Path.GetFileName(path).Split('.')[0];

    private static List<SourceChange> Page(string id, string storage, ConfluenceSite confluence) =>
        confluence.Pages[id].Text("status") is "current" or ""
            ? [Seen(confluence.ToDocument(id, storage))]
            : [new SourceChange.Skipped(confluence.ToDocument(id, "").Id, $"The page is {confluence.Pages[id].Text("status")}.")];

    private SourceChange Markdown(string path)
    {
        var body = MarkdownConverter.Convert(ReadText(path));
        return Seen(FileId(path), MarkdownConverter.TitleOf(body) ?? TitleOf(path), body, Written(path));
    }

    private List<SourceChange> Lines(string path)
    {
        var changes = new List<SourceChange>();
        var number = 0;
        foreach (var line in File.ReadLines(Full(path)))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                changes.Add(Line(path, number, line));
            }
        }

        return changes;
    }

    private SourceChange Line(string path, int number, string line)
    {
        var place = new DocumentId($"{name}:file:{path}:{number}");
        try
        {
            using var json = JsonDocument.Parse(line);
            var record = json.RootElement;
            if (record.Text("id").Length == 0 || record.Get("body").ValueKind != JsonValueKind.String)
            {
                return new SourceChange.Failed(place, $"Line {number} of '{path}' has no id or no body: correct it.");
            }

            var relative = record.Text("url_path");
            var document = Folder(
                DocumentId.Create(name, "page", record.Text("id")), record.Text("title") is { Length: > 0 } title ? title : record.Text("id"),
                MarkdownConverter.Convert(record.Text("body")), record.Time("updated"));
            return Seen(document with
            {
                Url = settings.BaseUrl is { Length: > 0 } && relative.Length > 0 ? $"{settings.BaseUrl.TrimEnd('/')}/{relative.TrimStart('/')}" : "",
                Labels = [.. record.Items("tags").Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.GetString() ?? "")],
            });
        }
        catch (JsonException)
        {
            return new SourceChange.Failed(place, $"Line {number} of '{path}' is not valid JSON: correct or remove it.");
        }
    }

    private List<SourceChange> JsonFile(string path, JiraSite jira)
    {
        var json = Json(path);
        IReadOnlyList<LayerId>? layers = path.StartsWith("jira/", StringComparison.Ordinal) ? null : [_folderLayer];
        var issues = json.Get("issues").ValueKind == JsonValueKind.Array ? json.Items("issues").ToList() : json.Get("fields").ValueKind == JsonValueKind.Object ? [json] : [];
        if (issues.Count > 0)
        {
            return [.. issues.SelectMany(issue => jira.ToDocuments(issue, layers)).Select(Seen)];
        }

        if (json.Text("type") == "doc")
        {
            return [Seen(FileId(path), TitleOf(path), AdfConverter.Convert(json), Written(path))];
        }

        return json.Text("body", "storage", "value") is { Length: > 0 } storage
            ? [Seen(FileId(path), json.Text("title") is { Length: > 0 } title ? title : TitleOf(path), StorageFormatConverter.Convert(storage, _ => null), Written(path))]
            : [new SourceChange.Skipped(FileId(path), "It is none of the JSON shapes that are read (Jira issue, search result, ADF document, Confluence page with body).")];
    }

    private static SourceChange Seen(Document document) =>
        document.Body.Text.Length == 0 ? new SourceChange.Skipped(document.Id, "It has no text.") : new SourceChange.Seen(document);

    private SourceChange Seen(DocumentId id, string title, StructuredText body, DateTimeOffset updated) => Seen(Folder(id, title, body, updated));

    private Document Folder(DocumentId id, string title, StructuredText body, DateTimeOffset updated) => new()
    {
        Id = id,
        Kind = DocumentKind.Page,
        Title = title,
        Body = body,
        Url = "",
        Updated = updated,
        Version = updated.ToString("O"),
        Layers = [_folderLayer],
    };

    private SourceChange.Failed? Try(string path, Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or DecoderFallbackException or FormatException or ArgumentException)
        {
            return new SourceChange.Failed(FileId(path), $"The file '{path}' cannot be read ({exception.GetType().Name}): correct or remove it.");
        }
    }

    private JsonElement TryRead(string path)
    {
        try
        {
            return File.Exists(Full(path)) ? Json(path) : default;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // Without people and spaces nobody's access can be known: the whole source stands still, as it was.
            throw new SourceException($"The file '{path}' of the source '{name}' cannot be read, and nothing was changed: correct it and sync again.", exception);
        }
    }

    private JsonElement Json(string path)
    {
        using var json = JsonDocument.Parse(ReadText(path), new JsonDocumentOptions { MaxDepth = 256 });
        return json.RootElement.Clone();
    }

    private string ReadText(string path) => File.ReadAllText(Full(path), new UTF8Encoding(false, throwOnInvalidBytes: true));

    private string Full(string path) => Path.Combine(settings.Path, path);

    private DateTimeOffset Written(string path) => new(File.GetLastWriteTimeUtc(Full(path)));

    private DocumentId FileId(string path) => DocumentId.Create(name, "file", path);

    private static string TitleOf(string path) => Path.GetFileName(path).Split('.')[0].Replace('-', ' ').Replace('_', ' ');
}
