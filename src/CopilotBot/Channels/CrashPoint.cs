using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CopilotBot.Channels;

/// <summary>
/// Named steps of the turn engine at which the chaos test lets the process die, as SIGKILL would. Not compiled into a release: COPILOTBOT_CRASH_AT="step" or "step:n"
/// (the n-th time) counts in debug builds only.
/// </summary>
internal static class CrashPoint
{
    public const string Stored = "stored";
    public const string Leased = "leased";
    public const string PostBegun = "post-begun";
    public const string Posted = "posted";
    public const string PostNoted = "post-noted";
    public const string Answered = "answered";
    public const string ReplyStored = "reply-stored";
    public const string Updated = "updated";
    public const string Delivered = "delivered";

    private static readonly ConcurrentDictionary<string, int> Seen = new();

    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("COPILOTBOT_CRASH_AT") ?? "").Split(':');

    [Conditional("DEBUG")]
    public static void Reached(string step)
    {
        if (Wanted[0] == step && Seen.AddOrUpdate(step, 1, (_, times) => times + 1) == (Wanted.Length > 1 ? int.Parse(Wanted[1], CultureInfo.InvariantCulture) : 1))
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }
}
