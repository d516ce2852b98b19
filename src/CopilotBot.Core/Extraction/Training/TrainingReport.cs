using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Extraction.Training;

/// <summary>report.json of a trained model's folder.</summary>
/// <param name="Base">Name or folder of the model whose network was used.</param>
/// <param name="Set">Name of the file or of its folder.</param>
/// <param name="Epochs">Until the best score on the dev part.</param>
/// <param name="Test">Null when the file has no test part.</param>
public sealed partial record TrainingReport(
    string Base, string Set, int Seed, TrainingSizes Sizes, string Pooling, double IntentL2, string? TagContext, double? TagL2, TrainingEpochs Epochs, double Temperature, double? OutOfScopeThreshold, TrainingSeconds Seconds, TaggerFigures Dev, TaggerFigures? Test)
{
    public const string FileName = "report.json";

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, TrainingReportJson.Readable.TrainingReport);

    [JsonSerializable(typeof(TrainingReport))]
    private sealed partial class TrainingReportJson : JsonSerializerContext
    {
        public static TrainingReportJson Readable { get; } = new(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}

/// <summary>Messages, but for the last two.</summary>
public sealed record TrainingSizes(int Train, int Dev, int Test, int Intents, int Tags);

public sealed record TrainingEpochs(int Intents, int Tags);

/// <param name="States">Running the network over train and dev messages.</param>
public sealed record TrainingSeconds(double States, double Intents, double Tags);
