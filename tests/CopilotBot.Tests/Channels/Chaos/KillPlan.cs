using System.Reflection;
using CopilotBot.Channels;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>Deaths in an order that lets the work get on in between, or a turn would be given up for having failed too often.</summary>
internal static class KillPlan
{
    private const int MostTimes = 5;

    /// <summary>All of <see cref="CrashPoint"/>, so that a new one is tried without a word here.</summary>
    public static IReadOnlyList<string> Steps { get; } =
        [.. typeof(CrashPoint).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)]; // constants are never null

    /// <param name="round">Where to begin: each round kills at every step, later ones at a later time that it is reached.</param>
    public static IReadOnlyList<Kill> Make(int count, int round, Random random)
    {
        var kills = new List<Kill>();
        for (; kills.Count < count; round++)
        {
            for (var step = 0; step < Steps.Count; step++)
            {
                kills.Add(new Kill.AtStep(Steps[step], 1 + (round % MostTimes)));
                if (step % 4 == 1)
                {
                    kills.Add(new Kill.AtMoment(TimeSpan.FromMilliseconds(random.Next(300, 5000))));
                }
                else if (step % 4 == 3)
                {
                    kills.Add(new Kill.BeforeAnswer(random.Next(1, 12)));
                }
            }
        }

        return kills[..count];
    }
}
