namespace CopilotBot.Serving;

/// <summary>A command line to be run in the server.</summary>
/// <param name="Cwd">Working directory of the caller: relative paths in the arguments start there.</param>
internal sealed record CommandRequest(IReadOnlyList<string> Args, string Cwd);
