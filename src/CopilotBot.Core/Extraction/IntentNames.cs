namespace CopilotBot.Extraction;

/// <summary>Intents as the shipped tagger and the sets name them: in snake_case.</summary>
public static class IntentNames
{
    private static readonly (Intent Intent, string Name)[] All =
    [
        (Intent.AskQuestion, "ask_question"),
        (Intent.CreateTicket, "create_ticket"),
        (Intent.UpdateTicket, "update_ticket"),
        (Intent.FindTicket, "find_ticket"),
        (Intent.SummarizeThread, "summarize_thread"),
        (Intent.Escalate, "escalate"),
        (Intent.Feedback, "feedback"),
        (Intent.SmallTalk, "small_talk"),
        (Intent.OutOfScope, "out_of_scope"),
    ];

    public static string NameOf(Intent intent) => All.Single(pair => pair.Intent == intent).Name;

    /// <summary>What no intent is named like is out of scope.</summary>
    public static Intent Parse(string name) => All.FirstOrDefault(pair => pair.Name == name) is { Name: not null } known ? known.Intent : Intent.OutOfScope;
}
