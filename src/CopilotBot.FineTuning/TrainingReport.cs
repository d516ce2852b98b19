using System.Text.Json.Serialization;

namespace CopilotBot.FineTuning;

/// <summary>report.json of a trained folder. Scores are parts of 1, of the dev messages.</summary>
/// <param name="Data">File of the messages.</param>
/// <param name="Seconds">Of the whole run.</param>
/// <param name="Epochs">Reached after each epoch.</param>
/// <param name="Temperature">That makes the intents' probabilities fit the dev messages.</param>
/// <param name="Trained">Of the network as trained, in float32.</param>
/// <param name="Written">Of the file as written, in int8.</param>
/// <param name="Cost">What int8 changed.</param>
internal sealed record TrainingReport(
    string Data,
    int TrainingMessages,
    TrainingPlan Plan,
    int Threads,
    int Processors,
    double Seconds,
    IReadOnlyList<Scores> Epochs,
    double Temperature,
    Scores Trained,
    Scores Written,
    QuantizationCost Cost);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TrainingReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
