namespace CopilotBot.Feedback;

/// <summary>Votes on answers. Writes are durable against a killed process when the call returns.</summary>
public interface IFeedbackStore
{
    /// <summary>Stores the entry; the same id again replaces it.</summary>
    void Save(FeedbackEntry entry);

    FeedbackEntry? Find(string id);

    /// <summary>Newest first.</summary>
    IReadOnlyList<FeedbackEntry> List();

    /// <summary>Forgets the votes on turns of a channel that were given before the time, reviewed ones too; returns how many went.</summary>
    int Prune(string channel, DateTimeOffset before);
}
