namespace CopilotBot.Pages;

/// <summary>Fields of the question form.</summary>
public sealed class AskForm
{
    public string Question { get; set; } = "";

    /// <summary>Id of the chosen person; empty for the default asker. Only looked at where there is a picker.</summary>
    public string? Person { get; set; }
}
