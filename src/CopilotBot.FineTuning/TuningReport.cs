using System.Text.Json.Serialization;
using CopilotBot.Extraction.Training;

namespace CopilotBot.FineTuning;

/// <summary>report.json of a trained folder. Figures are of the dev messages.</summary>
/// <param name="Data">File of the messages.</param>
/// <param name="Precision">In which matrices were multiplied while training.</param>
/// <param name="Seconds">Of the whole run.</param>
/// <param name="Epochs">Reached after each epoch, matrices and their inputs rounded as in the int8 file.</param>
/// <param name="Trained">Of the network as trained, in float32.</param>
/// <param name="Written">Of the file as written, in int8.</param>
/// <param name="Cost">What int8 changed.</param>
internal sealed record TuningReport(
    string Data,
    int TrainingMessages,
    TrainingPlan Plan,
    string Precision,
    int Threads,
    int Processors,
    double Seconds,
    IReadOnlyList<TaggerFigures> Epochs,
    double Temperature,
    TaggerFigures Trained,
    TaggerFigures Written,
    QuantizationCost Cost);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TuningReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
