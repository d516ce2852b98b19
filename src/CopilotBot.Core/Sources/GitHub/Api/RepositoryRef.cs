using System.Text.Json;

namespace CopilotBot.Sources.GitHub.Api;

/// <param name="Id">Immutable, where the name is not.</param>
/// <param name="Name">"owner/repository", as it is called now.</param>
/// <param name="Problem">One sentence when its issues cannot be read now, else null.</param>
internal sealed record RepositoryRef(string Id, string Name, bool IsPublic, string? Problem = null)
{
    public string Path => $"/repos/{Name}";

    /// <summary>Internal repositories count as private: who belongs to their enterprise cannot be asked for (facts/sources.md §3.3).</summary>
    public static RepositoryRef Parse(JsonElement json)
    {
        var name = json.Text("full_name");
        var isPublic = json.Text("visibility") is { Length: > 0 } visibility ? visibility == "public" : json.Get("private").ValueKind == JsonValueKind.False;
        var problem = json.Get("has_issues").ValueKind == JsonValueKind.False ? $"The repository {name} has its issues turned off: turn them on, or take it out of the source." : null;
        return new RepositoryRef(json.Text("id"), name, isPublic, problem);
    }

    /// <summary>One that the settings ask for and that does not answer, whose id is therefore not known.</summary>
    public static RepositoryRef Missing(string name, string problem) => new($"?{name}", name, false, problem);
}
