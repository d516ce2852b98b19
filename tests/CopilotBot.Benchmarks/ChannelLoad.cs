using System.Diagnostics;

namespace CopilotBot.Benchmarks;

/// <summary>The load that both platforms are put under: every conversation asks the same ten questions of the demo, 500 in all.</summary>
internal static class ChannelLoad
{
    public const int Conversations = 50;

    /// <summary>Everybody has the eyes of one person of the demo, so that questions have answers.</summary>
    public const string Email = "alba.quintero@halvorne.example";

    public static IReadOnlyList<string> Questions { get; } =
    [
        "my laptop is dead", "what does VPN-4021 mean", "How long may I keep a loan laptop?", "What is the best colour for a boat?", "Who approves a new phone?",
        "How do I order toner?", "What costs a cracked screen?", "Where is the service desk?", "How do I report a defect?", "When is the replacement delivered?",
    ];

    /// <summary>Asks everything, the conversations taking turns, without waiting for one another.</summary>
    /// <param name="duration">Over which the questions are spread evenly.</param>
    /// <param name="ask">Conversation and question; ends when the delivery is acknowledged.</param>
    /// <returns>Milliseconds until each of them was acknowledged.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(TimeSpan duration, Func<int, string, Task<IReadOnlyList<double>>> ask)
    {
        var running = new List<Task<IReadOnlyList<double>>>();
        var count = Conversations * Questions.Count;
        var clock = Stopwatch.StartNew();
        for (var message = 0; message < count; message++)
        {
            var due = duration * message / count;
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed); // the load is spread evenly
            }

            running.Add(ask(message % Conversations, Questions[message / Conversations]));
        }

        return [.. (await Task.WhenAll(running)).SelectMany(taken => taken)];
    }

    /// <summary>What the notices of the bot begin with: texts that are no answers.</summary>
    public static bool IsNotice(string text) => text.Length <= 1 || text.StartsWith("Looking that up", StringComparison.Ordinal) || text.StartsWith("I am busy", StringComparison.Ordinal);

    /// <summary>The same answer, whether it was given to one person or to a channel.</summary>
    public static string ForOne(string text) => text.Replace("everybody here may", "you may", StringComparison.Ordinal);
}
