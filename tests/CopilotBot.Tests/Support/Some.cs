using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Support;

/// <summary>Values without noise.</summary>
internal static class Some
{
    public static SourceName Source { get; } = new("wiki");

    public static DateTimeOffset Day { get; } = new(2026, 3, 4, 9, 12, 33, 120, TimeSpan.Zero);

    public static LayerId Layer(string name) => new($"wiki:space:{name}");

    public static DocumentId Id(string name) => DocumentId.Create(Source, "page", name);

    public static Document Document(string name, string text = "Some text.", string layer = "all", string version = "1") => new()
    {
        Id = Id(name),
        Kind = DocumentKind.Page,
        Title = $"Title of {name}",
        Body = new StructuredText(text, [new TextBlock.Paragraph(new TextSpan(0, text.Length))], []),
        Url = $"https://wiki.example/{name}",
        Updated = Day,
        Version = version,
        Layers = [Layer(layer)],
    };

    public static Person Person(string account, string? email = null, params Principal[] principals) =>
        new($"wiki:{account}", account, $"Name of {account}", email, null, [Principal.User(Source, account), .. principals]);
}
