namespace CopilotBot.Inference;

/// <summary>A language model behind an OpenAI-compatible endpoint (Azure OpenAI by its v1 endpoint). Without one, answers are extracted.</summary>
public sealed class ChatModelOptions
{
    /// <summary>Base address, such as "https://models.example/v1": https, or http to this machine. Empty for none.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Name of the model or deployment.</summary>
    public string Model { get; set; } = "";

    /// <summary>Name of the environment variable or user secret that holds the key: the key itself never stands in a settings file.</summary>
    public string ApiKeyVariable { get; set; } = "COPILOTBOT_CHAT_API_KEY";

    /// <summary>An endpoint that takes longer for a whole answer, retries among it, has failed.</summary>
    public int TimeoutSeconds { get; set; } = 60;
}
