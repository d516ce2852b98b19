namespace CopilotBot.Conversations;

public enum DeliveryMode
{
    /// <summary>A placeholder is posted and then updated; the update is repeated until it is known to have arrived. Seen exactly once.</summary>
    InPlace,

    /// <summary>Posted as it is. When it is not known whether a post arrived it is not repeated: seen at most once.</summary>
    Once,
}
