using System.Security.Cryptography;

namespace CopilotBot.Inference;

/// <summary>The models that travel with the build: each a folder with model.onnx and vocab.txt, pinned by SHA-256.</summary>
public static class ShippedModels
{
    private static readonly (string Name, string Sha256)[] Pinned =
    [
        ("encoder", "0804abb6a3ae2e64a6ec08b1a8c0b96b7bceda3ba60aa2dfebb91d1b99843920"),
        ("cross-encoder", "114c4ca69ea31483ff03ebb0efe1743b7e06add05881d6f24a8d6808a9f2c01d"),
        ("tagger", "45697e39c9d49f23d1c4a414bc376282f6bc1d0776341e5a82fcd0b88fa8f608"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Pinned.Select(model => model.Name)];

    public static string FolderOf(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>Checks that the files are there and that model.onnx is the one that was released.</summary>
    /// <exception cref="ModelException">It is not.</exception>
    public static void Verify(string name, string folder)
    {
        foreach (var file in (string[])["model.onnx", "vocab.txt"])
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                throw new ModelException($"The model file '{Path.Combine(folder, file)}' is missing: restore it from the release.");
            }
        }

        using var stream = File.OpenRead(Path.Combine(folder, "model.onnx"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (hash != Pinned.Single(model => model.Name == name).Sha256)
        {
            throw new ModelException($"The model file '{Path.Combine(folder, "model.onnx")}' has the SHA-256 {hash}, which is not the released one: restore it from the release.");
        }
    }
}
