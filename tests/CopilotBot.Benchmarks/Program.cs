using System.Globalization;
using CopilotBot.Benchmarks;
using CopilotBot.Benchmarks.Calibration;
using CopilotBot.Benchmarks.Scale;

var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "CopilotBot.sln")))
{
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("CopilotBot.sln was not found above the output folder.");
}

switch (args)
{
    case ["calibrate", .. var rest]:
        await Calibrator.RunAsync(Path.Combine(root, "..", "shared"), root, Path.Combine(Path.GetTempPath(), "copilotbot-calibration"), rest.Contains("--write"));
        return 0;
    case ["calibrate-messages", .. var rest]:
        await MessageWordsFit.RunAsync(Path.Combine(root, "..", "shared"), root, rest.Contains("--write"));
        return 0;
    case ["serving"]:
        await ServingBenchmark.RunAsync(Path.Combine(root, "..", "shared"));
        return 0;
    case ["encoding"]:
        await EncodingBenchmark.RunAsync(Path.Combine(root, "..", "shared"));
        return 0;
    case ["scale"]:
        await ScaleBenchmark.RunAsync();
        return 0;
    case ["load", .. var rest]:
        await LoadBenchmark.RunAsync(rest is [var deadline] ? int.Parse(deadline, CultureInfo.InvariantCulture) : 150);
        return 0;
    case ["teams", .. var rest]:
        await TeamsLoadBenchmark.RunAsync(SecondsOf(rest));
        return 0;
    case ["slack", .. var rest]:
        await SlackLoadBenchmark.RunAsync(SecondsOf(rest));
        return 0;
    case ["scale-build"]:
        await ScaleIndex.BuildAsync();
        return 0;
    default:
        Console.Error.WriteLine("Usage: serving | encoding | scale | load [DEADLINE_MS] | teams [SECONDS] | slack [SECONDS] | calibrate [--write] | calibrate-messages [--write]");
        return 2;
}

// Over which the questions are spread.
static TimeSpan SecondsOf(string[] rest) => TimeSpan.FromSeconds(rest is [var seconds] ? int.Parse(seconds, CultureInfo.InvariantCulture) : 10);
