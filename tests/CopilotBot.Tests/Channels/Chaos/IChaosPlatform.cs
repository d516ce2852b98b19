namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>A fake of a platform that lives on while the bot dies. It brings to the bot what people do until it is taken.</summary>
internal interface IChaosPlatform : IAsyncDisposable
{
    /// <summary>Environment variables of a bot that serves it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    IReadOnlyList<BrokenRule> BrokenRules { get; }

    /// <summary>What looks to people as if the bot were still at it; nothing, once it is done.</summary>
    IReadOnlyList<string> Unfinished { get; }

    /// <param name="beforeAnswer">Runs after each call of the bot, before it is answered.</param>
    void DeliverTo(Uri bot, Func<Task> beforeAnswer);

    /// <summary>A conversation that nothing was said in yet, of a new person.</summary>
    IChaosChat Begin(bool isPersonal);

    /// <summary>Waits until the condition holds; it is looked at after every change.</summary>
    /// <exception cref="TimeoutException">It did not come to hold in time.</exception>
    Task WaitForAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken);
}
