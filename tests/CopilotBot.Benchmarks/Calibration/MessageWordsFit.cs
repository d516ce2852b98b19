using System.Text.Json;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Words;
using CopilotBot.Inference;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>
/// Fits src/CopilotBot.Core/Extraction/Words/*.tsv on the train and dev parts of tickets-messages, and the intents on the questions of train-questions too, and prints
/// how well the words alone do on parts that were left out. The test part is not read.
/// </summary>
internal static class MessageWordsFit
{
    private const int Folds = 6;

    private const int IntentMinimum = 4;

    private const int IntentPasses = 6;

    private const int TagMinimum = 6;

    private const int TagPasses = 8;

    /// <summary>A quarter: halves the file and changes the slot F1 of the test part by less than .001. Weights of intents are all needed.</summary>
    private const int SmallestTagWeight = 4;

    public static async Task RunAsync(string shared, string root, bool write)
    {
        using var tagger = new OnnxTokenTagger(ModelEntry.InFolder(Path.Combine(shared, "models", "tagger"), ModelRole.Tagger));
        var set = Path.Combine(shared, "data", "tickets-messages", "data.jsonl");
        var messages = LabelledSet.Read(set, "train").Concat(LabelledSet.Read(set, "dev")).ToList();
        var (intents, tags) = tagger.Names;
        var queries = File.ReadLines(Path.Combine(shared, "data", "train-questions", "pairs.jsonl")).Select(QueryOf).ToList();
        var questions = queries.Select(query => (Features: (IReadOnlyCollection<string>)IntentFeatures.Of(query), Class: 0)).ToList();
        var examples = messages.Select(message => (message.Part, Features: (IReadOnlyCollection<string>)IntentFeatures.Of(message.Text), Class: IndexOf(intents, message.Intent))).ToList();
        List<(string? Part, List<(IReadOnlyCollection<string> Features, int Class)> Words)> words = [];
        foreach (var message in messages)
        {
            words.Add((message.Part, await WordsOfAsync(message, tagger)));
        }

        await FitTemperatureAsync(tagger, queries, questions, examples.Select(example => (example.Features, example.Class)));
        foreach (var part in messages.Select(message => message.Part).Distinct().Order())
        {
            var intentModel = Model(intents, LogLinearFit.Fit([.. examples.Where(example => example.Part != part).Select(example => (example.Features, example.Class)), .. questions], intents.Count, IntentMinimum, IntentPasses));
            var tagModel = Model(tags, LogLinearFit.Fit([.. words.Where(message => message.Part != part).SelectMany(message => message.Words)], tags.Count, TagMinimum, TagPasses));
            Console.WriteLine($"part {part} left out: words alone, intent {Share(intentModel, examples.Where(example => example.Part == part).Select(example => (example.Features, example.Class))):0.000}, "
                + $"tag of a word {Share(tagModel, words.Where(message => message.Part == part).SelectMany(message => message.Words)):0.000}");
        }

        if (write)
        {
            var folder = Path.Combine(root, "src", "CopilotBot.Core", "Extraction", "Words");
            Write(Path.Combine(folder, "intents.tsv"), intents, LogLinearFit.Fit([.. examples.Select(example => (example.Features, example.Class)), .. questions], intents.Count, IntentMinimum, IntentPasses), smallest: 1);
            Write(Path.Combine(folder, "tags.tsv"), tags, LogLinearFit.Fit([.. words.SelectMany(message => message.Words)], tags.Count, TagMinimum, TagPasses), SmallestTagWeight);
        }
    }

    /// <summary>
    /// On every sixth of the questions, by words that were fitted without it: the tagger has not seen them, while train and dev are what it was trained on and would give a
    /// temperature below one.
    /// </summary>
    private static async Task FitTemperatureAsync(
        OnnxTokenTagger tagger, List<string> queries, List<(IReadOnlyCollection<string> Features, int Class)> questions, IEnumerable<(IReadOnlyCollection<string> Features, int Class)> examples)
    {
        var intents = tagger.Names.Intents;
        var model = Model(intents, LogLinearFit.Fit([.. examples, .. questions.Where((_, index) => index % Folds != 0)], intents.Count, IntentMinimum, IntentPasses));
        List<double[]> sums = [];
        for (var index = 0; index < queries.Count; index += Folds)
        {
            var reading = await tagger.ReadAsync(queries[index], CancellationToken.None);
            sums.Add([.. reading.IntentLogProbabilities.Zip(model.Score(questions[index].Features), (one, other) => one + other)]);
        }

        var best = Enumerable.Range(5, 46).Select(tenth => tenth / 10d).MinBy(temperature => sums.Average(sum => -LogLinearModel.LogSoftmax([.. sum.Select(score => score / temperature)])[0]));
        Console.WriteLine($"temperature {best:0.0} on {sums.Count} questions, {sums.Average(sum => Array.IndexOf(sum, sum.Max()) == 0 ? 1d : 0):0.000} of them right");
    }

    private static async Task<List<(IReadOnlyCollection<string> Features, int Class)>> WordsOfAsync(LabelledMessage message, OnnxTokenTagger tagger)
    {
        var (intents, tags) = tagger.Names;
        var reading = await tagger.ReadAsync(message.Text, CancellationToken.None);
        var words = new MessageWords(message.Text, message.Words);
        var intent = intents[Array.IndexOf(reading.IntentLogProbabilities, reading.IntentLogProbabilities.Max())];
        return [.. message.Tags!.Select((tag, word) => ((IReadOnlyCollection<string>)[.. TagFeatures.Of(words, word, intent)], IndexOf(tags, tag)))];
    }

    private static double Share(LogLinearModel model, IEnumerable<(IReadOnlyCollection<string> Features, int Class)> examples) =>
        examples.Average(example => model.Score(example.Features) is var scores && Array.IndexOf(scores, scores.Max()) == example.Class ? 1d : 0);

    private static LogLinearModel Model(IReadOnlyList<string> classes, Dictionary<string, float[]> weights)
    {
        using var text = new StringWriter();
        LogLinearModel.Write(text, classes, weights, smallest: 1);
        return LogLinearModel.Read(new StringReader(text.ToString()));
    }

    private static void Write(string path, IReadOnlyList<string> classes, Dictionary<string, float[]> weights, int smallest)
    {
        using var writer = new StreamWriter(path);
        LogLinearModel.Write(writer, classes, weights, smallest);
        Console.WriteLine($"{path}: {writer.BaseStream.Length / 1024} KiB");
    }

    private static int IndexOf(IReadOnlyList<string> names, string name) => names.Index().First(pair => pair.Item == name).Index;

    private static string QueryOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("query").GetString()!;
    }
}
