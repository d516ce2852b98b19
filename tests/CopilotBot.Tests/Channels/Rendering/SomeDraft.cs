using CopilotBot.Conversations;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Channels.Rendering;

/// <summary>Drafts that are hard to show.</summary>
internal static class SomeDraft
{
    /// <param name="words">Stands in every place that a person, a tracker or a document can write.</param>
    /// <param name="fields">How many fields there are, with a value each; every third is a choice.</param>
    public static TicketDraft Of(string words, int fields, TicketState state = TicketState.Open)
    {
        var type = new TicketType("1", words, [.. Enumerable.Range(0, fields).Select(number => new TicketField(
            $"customfield_{number}", $"{words} {number}", number % 3 == 0 ? TicketFieldKind.Choice : TicketFieldKind.LongText, number % 2 == 0, number % 3 == 0 ? [new AllowedValue("a", words), new AllowedValue("b", "other")] : []))]);
        return new TicketDraft
        {
            Id = new TurnId("01a1"),
            Action = TicketAction.Create,
            Requester = "u",
            RequesterName = words,
            Created = DateTimeOffset.UnixEpoch,
            Project = "OPS",
            Type = type,
            Choices = [new TicketChoice("OPS", "1", words), new TicketChoice("OPS", "2", "Task")],
            Fields = [.. type.Fields.Select(field => new FieldValue(field.Id, words, field.Allowed.Count > 0 ? ["a"] : [], 1, null))],
            Wanted = "customfield_0",
            Similar = [new SimilarTicket("OPS-1", words, true, "https://tickets.halvorne.example/browse/OPS-1"), new SimilarTicket("OPS-2", words, false, "javascript:alert(1)")],
            State = state,
            TicketKey = state == TicketState.Done ? "OPS-3" : null,
            Url = state == TicketState.Done ? "https://tickets.halvorne.example/browse/OPS-3" : null,
            Problem = state == TicketState.Failed ? words : null,
        };
    }

    public static TheoryData<string, int, TicketState> All
    {
        get
        {
            var data = new TheoryData<string, int, TicketState>();
            foreach (var state in Enum.GetValues<TicketState>())
            {
                foreach (var words in new[] { "plain", "<!channel> & <@U1> *b* [x](javascript:1) @everyone", new string('w', 4000), string.Concat(Enumerable.Repeat("日本😀", 800)) })
                {
                    data.Add(words, 4, state);
                    data.Add(words, 60, state);
                }
            }

            return data;
        }
    }
}
