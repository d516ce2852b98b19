using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Answering;

/// <summary>How answers are made.</summary>
public sealed class AnsweringOptions
{
    /// <summary>Passages handed to the model.</summary>
    [Range(1, 50)]
    public int Passages { get; set; } = 10;

    /// <summary>Longest question, in characters.</summary>
    [Range(10, 100_000)]
    public int MaximumQuestionLength { get; set; } = 2000;

    /// <summary>Regular expressions of requests that are served to nobody, for example topics that a works council has ruled out.</summary>
    public IList<string> RefusedPatterns { get; } = [];
}
