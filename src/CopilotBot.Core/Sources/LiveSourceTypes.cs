using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>Makes live sources by the name of their type.</summary>
public sealed class LiveSourceTypes(IEnumerable<ILiveSourceType> types)
{
    private readonly Dictionary<string, ILiveSourceType> _types = types.ToDictionary(type => type.Type, StringComparer.Ordinal);

    public IReadOnlyList<ILiveSourceType> All => [.. _types.Values.OrderBy(type => type.Type, StringComparer.Ordinal)];

    public ILiveSourceType? Find(string type) => _types.GetValueOrDefault(type);

    /// <exception cref="SourceException">The type is not known, or its secret is missing.</exception>
    public ILiveSource Create(SourceName name, string type, SourceConnection connection) =>
        Find(type)?.Create(name, connection) ?? throw new SourceException($"The source '{name}' is of the type '{type}', which this version does not know: remove it and add it again.");
}

/// <summary>One kind of live source: a folder under Sources registers one.</summary>
public interface ILiveSourceType
{
    /// <summary>As the command line calls it, for example "confluence".</summary>
    string Type { get; }

    /// <exception cref="SourceException">Its secret is missing.</exception>
    ILiveSource Create(SourceName name, SourceConnection connection);

    /// <summary>Parses a webhook of this kind of source, whose signature was checked.</summary>
    WebhookHint ReadWebhook(SourceName name, System.Text.Json.JsonElement body);
}
