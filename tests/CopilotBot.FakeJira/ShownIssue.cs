using System.Text.Json;

namespace CopilotBot.FakeJira;

/// <summary>An issue as it is now.</summary>
/// <param name="Fields">What it was created with, by id.</param>
/// <param name="Properties">By key.</param>
public sealed record ShownIssue(
    string Id, string Key, string TypeId, string Status, DateTimeOffset Created, JsonElement Fields, IReadOnlyList<string> Labels, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> LinkedKeys, IReadOnlyList<ShownComment> Comments);

/// <param name="Body">A document or, on Data Center, a text.</param>
/// <param name="Properties">By key.</param>
public sealed record ShownComment(string Id, JsonElement Body, IReadOnlyDictionary<string, string> Properties);
