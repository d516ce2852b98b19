using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>An item as a listing names it.</summary>
/// <param name="Scope">Id of its <see cref="SourceScope"/>.</param>
/// <param name="Version">Equal to the version of what was read earlier only if nothing that is indexed of it changed; null where the listing cannot tell.</param>
/// <param name="Modified">By the source's clock, UTC.</param>
public sealed record ListedItem(DocumentId Id, string Scope, string? Version, DateTimeOffset Modified);
