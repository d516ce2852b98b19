namespace CopilotBot.Extraction.Training;

/// <summary>The parts of a file of labelled messages, and the names that can be learned from it.</summary>
/// <param name="Dev">What training stops by and what is calibrated on.</param>
/// <param name="Test">Empty when the file has none.</param>
/// <param name="Intents">Those of the messages in scope, in alphabetical order.</param>
/// <param name="Tags">O, then B-x and I-x of each slot in alphabetical order; empty for a set of intents alone.</param>
internal sealed record TrainingSet(
    IReadOnlyList<LabelledMessage> Train, IReadOnlyList<LabelledMessage> Dev, IReadOnlyList<LabelledMessage> Test, IReadOnlyList<string> Intents, IReadOnlyList<string> Tags)
{
    /// <param name="devShare">Of the training messages, held back where the file has no dev part.</param>
    /// <exception cref="LabelledSetException">The file cannot be read or has too little to train on.</exception>
    public static TrainingSet Read(string path, double devShare, int seed)
    {
        var all = LabelledSet.Read(path);
        var train = all.Where(message => message.Split is "train" or "").ToList();
        var dev = all.Where(message => message.Split is "dev" or "val").ToList();
        if (dev.Count == 0)
        {
            var shuffled = train.ToArray();
            new Random(seed).Shuffle(shuffled);
            var held = (int)Math.Round(shuffled.Length * devShare);
            (dev, train) = ([.. shuffled[..held]], [.. shuffled[held..]]);
        }

        var intents = train.Where(message => !message.IsOutOfScope).Select(message => message.Intent).Distinct().Order(StringComparer.Ordinal).ToList();
        if (dev.Count == 0 || intents.Count < 2)
        {
            throw new LabelledSetException($"The set '{path}' has {train.Count} messages to train on, of {intents.Count} intents, and {dev.Count} to stop by: label more messages, of two intents at least.");
        }

        var slots = train.SelectMany(message => message.Slots).Select(slot => slot.Slot).Distinct().Order(StringComparer.Ordinal).ToList();
        return new TrainingSet(train, dev, [.. all.Where(message => message.Split == "test")], intents, slots.Count == 0 ? [] : ["O", .. slots.SelectMany(slot => new[] { $"B-{slot}", $"I-{slot}" })]);
    }
}
