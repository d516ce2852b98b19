namespace CopilotBot.Answering;

/// <summary>Prompts are text files under Prompts, embedded in the build.</summary>
internal static class Prompt
{
    public static string Load(string name)
    {
        using var stream = typeof(Prompt).Assembly.GetManifestResourceStream($"CopilotBot.Answering.Prompts.{name}")
            ?? throw new InvalidOperationException($"The prompt {name} is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
