namespace CopilotBot.Tests.Channels;

/// <summary>A platform with people in front of a running server, in the words that all platforms share. People are named as the demo names them.</summary>
internal interface IChannelDriver : IAsyncDisposable
{
    IServiceProvider Services { get; }

    /// <summary>In the person's own chat with the bot.</summary>
    Task<Asked> AskPersonallyAsync(string person, string text);

    /// <summary>As a new post of a channel that these people and the asker are in; "guest" is somebody from elsewhere.</summary>
    Task<Asked> AskInChannelAsync(IReadOnlyList<string> others, string person, string text, bool isMention = true);

    /// <summary>In the same thread.</summary>
    Task<Asked> ReplyAsync(Asked thread, string person, string text, bool isMention);

    Task EditAsync(Asked asked, string text);

    Task DeleteAsync(Asked asked);

    /// <summary>The platform delivers the message once more.</summary>
    Task RedeliverAsync(Asked asked);

    /// <summary>Thumbs on the bot's newest answer there.</summary>
    Task RateAsync(Asked asked, string person, bool isUp, string comment);

    /// <summary>Presses "Ask privately" on the bot's newest answer there.</summary>
    Task AskPrivatelyAsync(Asked asked, string person);

    /// <summary>The next posts and updates are refused for being too many.</summary>
    void Throttle(int times);

    /// <summary>Texts of the bot that people see in the thread, oldest first; cards have none.</summary>
    IReadOnlyList<string> Answers(Asked asked);

    IReadOnlyList<string> PersonalAnswers(string person);

    /// <summary>Rules of the platform that the product broke.</summary>
    IReadOnlyList<string> BrokenRules { get; }

    /// <summary>Presses what is called so under what the bot said to the message.</summary>
    /// <returns>What the person alone is told; empty for nothing.</returns>
    Task<string> PressAsync(Asked asked, string person, string label);

    /// <summary>Changes values in the form of a draft and saves it.</summary>
    /// <returns>As of <see cref="PressAsync"/>.</returns>
    Task<string> FillInAsync(Asked asked, string person, IReadOnlyDictionary<string, string> values);

    /// <summary>All that the bot shows to the message, cards and buttons among it.</summary>
    string Shown(Asked asked);
}
