namespace CopilotBot.Inference;

/// <summary>A file of a model.</summary>
/// <param name="Name">File name inside the model's folder.</param>
/// <param name="Sha256">Lower-case hexadecimal, or null when nothing is pinned.</param>
/// <param name="Url">Where <see cref="ModelPuller"/> gets it, or null.</param>
public sealed record ModelFile(string Name, string? Sha256 = null, Uri? Url = null);
