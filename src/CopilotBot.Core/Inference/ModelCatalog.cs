using System.Text.RegularExpressions;

namespace CopilotBot.Inference;

/// <summary>The models that travel with the build, pinned by SHA-256, and those that the settings add.</summary>
public sealed partial class ModelCatalog
{
    public const string ShippedEncoder = "encoder";

    public const string ShippedCrossEncoder = "cross-encoder";

    public const string ShippedTagger = "tagger";

    private const string ShippedVocabularySha256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3";

    private readonly Dictionary<string, ModelEntry> _entries;

    /// <param name="pulledFolder">Pulled models lie there, each in a folder of its name.</param>
    /// <exception cref="ModelException">An entry of the settings is incomplete; the message says which and what is missing.</exception>
    public ModelCatalog(InferenceOptions options, string pulledFolder)
    {
        ArgumentNullException.ThrowIfNull(options);
        _entries = options.Catalog.Select(entry => Parse(entry.Key, entry.Value, pulledFolder)).Concat(Shipped).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<ModelEntry> Shipped { get; } =
    [
        Ship(ShippedEncoder, ModelRole.Encoder, "0804abb6a3ae2e64a6ec08b1a8c0b96b7bceda3ba60aa2dfebb91d1b99843920"),
        Ship(ShippedCrossEncoder, ModelRole.CrossEncoder, "114c4ca69ea31483ff03ebb0efe1743b7e06add05881d6f24a8d6808a9f2c01d"),
        Ship(
            ShippedTagger,
            ModelRole.Tagger,
            "45697e39c9d49f23d1c4a414bc376282f6bc1d0776341e5a82fcd0b88fa8f608",
            new ModelFile(ModelEntry.Labels, "24fbbb683cf16e1d88dc6d62be322c1027ee9ae5ff2cfed9be05972fd74509e4")),
    ];

    /// <summary>All models, by name.</summary>
    public IReadOnlyList<ModelEntry> Entries => [.. _entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>The entry of that name, or the model in that folder.</summary>
    /// <exception cref="ModelException">There is none, or it is for something else.</exception>
    public ModelEntry Find(string nameOrFolder, ModelRole role)
    {
        ArgumentNullException.ThrowIfNull(nameOrFolder);
        if (nameOrFolder.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            return ModelEntry.InFolder(FullFolder(nameOrFolder), role);
        }

        var entry = Find(nameOrFolder);
        return entry.Role == role
            ? entry
            : throw new ModelException($"The model '{nameOrFolder}' has the role {entry.Role} and is named as {role}: repair the settings under Models.");
    }

    /// <exception cref="ModelException">There is none of that name.</exception>
    public ModelEntry Find(string name) => _entries.GetValueOrDefault(name)
        ?? throw new ModelException($"There is no model '{name}': the catalog has {string.Join(", ", Entries.Select(entry => entry.Name))}; add it to the settings under Models:Catalog.");

    private static ModelEntry Ship(string name, ModelRole role, string sha256, params ModelFile[] more) => new(
        name, role, FullFolder(Path.Combine("models", name)), [new ModelFile(ModelEntry.Network, sha256), new ModelFile(ModelEntry.Vocabulary, ShippedVocabularySha256), .. more]);

    private static ModelEntry Parse(string name, CatalogEntryOptions options, string pulledFolder)
    {
        if (!EntryName().IsMatch(name) || Shipped.Any(shipped => shipped.Name == name))
        {
            throw new ModelException($"The setting Models:Catalog names a model '{name}': choose a name of letters, digits, dots, dashes and underscores that no shipped model has.");
        }

        var pulled = new[] { (ModelEntry.Network, options.Model), (ModelEntry.Vocabulary, options.Vocabulary), (ModelEntry.Labels, options.Labels), (TaggerHeads.FileName, options.Heads) };
        if (!string.IsNullOrEmpty(options.Folder))
        {
            return pulled.All(file => file.Item2 is null)
                ? ModelEntry.InFolder(FullFolder(options.Folder), options.Role, name, options.LowerCase)
                : throw new ModelException($"The setting Models:Catalog:{name} has both a Folder and files to pull: keep one of them.");
        }

        IEnumerable<string> heads = options.Role == ModelRole.Tagger && options.Heads is not null ? [TaggerHeads.FileName] : [];
        var files = ModelEntry.NamesFor(options.Role).Concat(heads).Select(file => ParseFile(name, file, pulled.Single(pull => pull.Item1 == file).Item2));
        return new ModelEntry(name, options.Role, Path.Combine(pulledFolder, name), [.. files], options.LowerCase);
    }

    private static ModelFile ParseFile(string entry, string file, PulledFileOptions? options)
    {
        if (options is null)
        {
            throw new ModelException($"The setting Models:Catalog:{entry} does not say where {file} comes from: give its Url and Sha256, or a Folder for all.");
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new ModelException($"The setting Models:Catalog:{entry} has a Url for {file} that is neither https nor on this machine: repair it.");
        }

        return Hash().IsMatch(options.Sha256)
            ? new ModelFile(file, options.Sha256.ToLowerInvariant(), url)
            : throw new ModelException($"The setting Models:Catalog:{entry} has no Sha256 of 64 hexadecimal digits for {file}: add it, so that the right file is known.");
    }

    private static string FullFolder(string folder) => Path.GetFullPath(folder, AppContext.BaseDirectory);

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$")]
    private static partial Regex EntryName();

    [GeneratedRegex("^[0-9A-Fa-f]{64}$")]
    private static partial Regex Hash();
}
