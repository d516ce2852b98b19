using System.Security.Cryptography;

namespace CopilotBot.Inference;

/// <summary>A model of the catalog: a folder with model.onnx, vocab.txt and, for a tagger, labels.json and perhaps heads.json.</summary>
/// <param name="LowerCase">The vocabulary is lower-cased and without accents.</param>
public sealed record ModelEntry(string Name, ModelRole Role, string Folder, IReadOnlyList<ModelFile> Files, bool LowerCase = true)
{
    public const string Network = "model.onnx";

    public const string Vocabulary = "vocab.txt";

    public const string Labels = "labels.json";

    /// <summary>An array of more bytes does not exist; a model that runs on two cores is far smaller.</summary>
    internal const long MaximumFileBytes = 1L << 30;

    public bool IsPulled => Files.Any(file => file.Url is not null);

    /// <summary>Same for the same network: what was embedded by another one cannot be compared.</summary>
    /// <exception cref="ModelException">The file cannot be read.</exception>
    public string Fingerprint => Files.Single(file => file.Name == Network).Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(Read(Network)));

    /// <summary>A model of somebody's own, of which nothing is pinned.</summary>
    public static ModelEntry InFolder(string folder, ModelRole role, string? name = null, bool lowerCase = true)
    {
        IEnumerable<string> heads = role == ModelRole.Tagger && File.Exists(Path.Combine(folder, TaggerHeads.FileName)) ? [TaggerHeads.FileName] : [];
        return new ModelEntry(name ?? folder, role, folder, [.. NamesFor(role).Concat(heads).Select(file => new ModelFile(file))], lowerCase);
    }

    /// <summary>Files that every model of the role consists of.</summary>
    internal static IReadOnlyList<string> NamesFor(ModelRole role) => role == ModelRole.Tagger ? [Network, Vocabulary, Labels] : [Network, Vocabulary];

    /// <summary>Reads a file whole, so that what was checked is what is used.</summary>
    /// <exception cref="ModelException">It is missing, cannot be read, or is not the pinned one.</exception>
    public byte[] Read(string name)
    {
        var file = Files.Single(file => file.Name == name);
        var path = PathOf(name);
        byte[] content;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaximumFileBytes })
            {
                throw new ModelException($"The model file '{path}' has more than {MaximumFileBytes >> 20} MiB: name a smaller model in the settings under Models.");
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"The model file '{path}' is missing: {Remedy}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model file '{path}' cannot be read: give this user access to it.", exception);
        }

        if (file.Sha256 is { } expected && Convert.ToHexStringLower(SHA256.HashData(content)) is var hash && hash != expected)
        {
            throw new ModelException($"The model file '{path}' has the SHA-256 {hash} and not {expected}: {Remedy}.");
        }

        return content;
    }

    /// <summary>Reads every file and looks at the network without running it.</summary>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public void Verify()
    {
        foreach (var file in Files)
        {
            var content = Read(file.Name);
            if (file.Name == Network)
            {
                OnnxModelCheck.Check(content, this);
            }
        }
    }

    internal string PathOf(string name) => Path.Combine(Folder, name);

    private string Remedy => IsPulled ? $"get it with 'models pull {Name}'"
        : Files.Any(file => file.Sha256 is not null) ? "restore it from the release"
        : "restore it, or name another model in the settings under Models";
}
