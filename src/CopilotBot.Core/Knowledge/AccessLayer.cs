namespace CopilotBot.Knowledge;

/// <summary>
/// One condition of reading: a person passes when they hold at least one of the principals. An empty list lets nobody pass.
/// A document names all its layers (space, every restricted ancestor, own restriction, security level, ...); a reader must pass every one.
/// </summary>
public sealed record AccessLayer(LayerId Id, IReadOnlyList<Principal> Principals);
