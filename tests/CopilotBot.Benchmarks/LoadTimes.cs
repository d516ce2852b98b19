using System.Globalization;

namespace CopilotBot.Benchmarks;

/// <summary>Milliseconds, nearest-rank percentiles.</summary>
internal sealed record LoadTimes(double P50, double P95, double P99, double Max)
{
    public static LoadTimes Of(IReadOnlyCollection<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new LoadTimes(At(.5), At(.95), At(.99), sorted[^1]);

        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    /// <param name="idle">What deliveries took of which nothing came, in the same run.</param>
    public static void Write(string idleName, LoadTimes idle, string loadName, LoadTimes load)
    {
        Console.WriteLine("| deliveries | p50 ms | p95 ms | p99 ms | highest | p99 against idle |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine(idle.Row(idleName, idle));
        Console.WriteLine(load.Row(loadName, idle));
    }

    private string Row(string name, LoadTimes idle) => string.Create(CultureInfo.InvariantCulture, $"| {name} | {P50:0.0} | {P95:0.0} | {P99:0.0} | {Max:0.0} | {P99 / idle.P99:0.0} |");
}
