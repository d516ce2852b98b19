namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>Judges a conversation that has come to rest: each answer once, the right one, in order.</summary>
internal static class TranscriptChecker
{
    private const string Busy = "I am busy right now; I will answer here.";

    /// <param name="messages">All that the conversation shows, in its order; of everybody.</param>
    /// <param name="expected">In the order of the questions.</param>
    public static TranscriptVerdict Check(IReadOnlyList<SeenMessage> messages, IReadOnlyList<ExpectedAnswer> expected)
    {
        var seen = messages.Where(message => message is { IsByBot: true, IsDeleted: false }).ToList();
        var complaints = new List<string>();
        var (lost, duplicated, last) = (0, 0, -1);
        foreach (var answer in expected)
        {
            var places = Enumerable.Range(0, seen.Count).Where(place => seen[place].Text.Contains(answer.Fact, StringComparison.Ordinal)).ToList();
            if (!places.Exists(place => !seen[place].IsStreaming))
            {
                lost++;
                complaints.Add($"lost: {answer.Fact}");
                continue;
            }

            if (places.Count > 1)
            {
                duplicated += places.Count - 1;
                complaints.Add($"{places.Count} times: {answer.Fact}");
            }

            if (places[0] < last)
            {
                complaints.Add($"out of order: {answer.Fact}");
            }

            last = places[0];
        }

        complaints.AddRange(expected.Where(answer => answer.Outdated is { } old && seen.Exists(message => message.Text.Contains(old, StringComparison.Ordinal))).Select(answer => $"outdated: {answer.Outdated}"));
        var cards = seen.SelectMany(message => message.Cards).ToList();
        var doubled = cards.Count - cards.Distinct(StringComparer.Ordinal).Count();
        if (doubled > 0)
        {
            duplicated += doubled;
            complaints.Add($"{doubled} cards twice");
        }

        var due = expected.Count(answer => answer.HasCard);
        if (cards.Count != due)
        {
            complaints.Add($"{cards.Count} cards instead of {due}");
        }

        var rest = seen.Where(message => message.Cards.Count == 0 && !expected.Any(answer => message.Text.Contains(answer.Fact, StringComparison.Ordinal))).ToList();
        complaints.AddRange(rest.Where(message => !IsPlaceholder(message)).Select(message => $"nobody asked for: {message.Text}"));
        return new TranscriptVerdict(lost, duplicated, rest.Count(IsPlaceholder), complaints);
    }

    /// <summary>A notice, or a stream that ends in one: notices that something is being done end with an ellipsis.</summary>
    private static bool IsPlaceholder(SeenMessage message) => message.Text == Busy || message.Text.EndsWith('…');
}
