namespace CopilotBot.FineTuning;

/// <param name="Base">Folder of the tagger to begin from.</param>
/// <param name="Data">JSONL file of labelled messages.</param>
/// <param name="Out">Folder to write.</param>
/// <param name="KeepFloat">The float32 weights are written too.</param>
internal sealed record FineTuningRequest(string Base, string Data, string Out, TrainingPlan Plan, int Threads, bool KeepFloat);
