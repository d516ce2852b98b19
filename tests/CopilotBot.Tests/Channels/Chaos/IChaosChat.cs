using CopilotBot.Conversations;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>One person in one conversation. What is done has reached the bot when it returns.</summary>
internal interface IChaosChat
{
    /// <summary>As the bot keeps it; known from the first question on.</summary>
    ConversationReference Conversation { get; }

    IReadOnlyList<SeenMessage> Shown { get; }

    Task AskAsync(string text);

    /// <summary>The platform delivers the last question twice more, at the same time.</summary>
    Task RepeatAsync();

    /// <param name="which">Of the questions, from 0.</param>
    Task EditAsync(int which, string text);

    /// <summary>Whether a card belongs to its answer; see <see cref="SeenMessage"/>.</summary>
    bool HasCard(KnownQuestion question);
}
