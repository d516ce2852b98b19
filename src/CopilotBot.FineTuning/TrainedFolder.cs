using System.Text.Json;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>
/// The folder that training makes out of its base's: the network with other encoder weights, the base's vocabulary and labels (they name the network's own outputs, which
/// stay in it), the heads and the report.
/// </summary>
internal sealed class TrainedFolder
{
    private const string Report = "report.json";

    private readonly string _folder;

    /// <exception cref="FineTuningException">The folder to write has something in it or cannot be made.</exception>
    public TrainedFolder(string baseFolder, string folder)
    {
        _folder = folder;
        Base = ModelEntry.InFolder(baseFolder, ModelRole.Tagger);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuningException($"The folder '{folder}' cannot be made: name another one as --out.", exception);
        }

        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new FineTuningException($"The folder '{folder}' is not empty: name a new one as --out.");
        }
    }

    public ModelEntry Base { get; }

    public ModelEntry Written => ModelEntry.InFolder(_folder, ModelRole.Tagger);

    /// <exception cref="ModelException">The base's network cannot be read.</exception>
    public OnnxWeights ReadBase() => OnnxWeights.Read(Base.Read(ModelEntry.Network));

    /// <param name="weights">Of the encoder, by their names of <see cref="EncoderPlaces"/>.</param>
    /// <exception cref="ModelException">A file of the base cannot be read.</exception>
    public void Write(IReadOnlyDictionary<string, float[]> weights, TaggerHeads heads, bool keepFloat)
    {
        var network = ReadBase();
        EncoderPlaces.In(network).Put(weights, network);
        File.WriteAllBytes(PathOf(ModelEntry.Network), network.Write());
        File.WriteAllBytes(PathOf(ModelEntry.Vocabulary), Base.Read(ModelEntry.Vocabulary));
        File.WriteAllBytes(PathOf(ModelEntry.Labels), Base.Read(ModelEntry.Labels));
        File.WriteAllBytes(PathOf(TaggerHeads.FileName), heads.Write());
        if (keepFloat)
        {
            FloatWeights.Write(PathOf(FloatWeights.FileName), weights);
        }
    }

    public void Write(TuningReport report) => File.WriteAllBytes(PathOf(Report), JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.TuningReport));

    private string PathOf(string name) => Path.Combine(_folder, name);
}
