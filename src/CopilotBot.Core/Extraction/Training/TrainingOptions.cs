namespace CopilotBot.Extraction.Training;

/// <summary>The setting Extraction:FineTuning.</summary>
public sealed class TrainingOptions
{
    /// <summary>The program that 'extract train --full' starts; relative to the executable, and found beside it when empty.</summary>
    public string FineTuning { get; set; } = "";
}
