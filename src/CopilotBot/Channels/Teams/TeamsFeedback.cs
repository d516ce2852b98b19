using System.Text.Json;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Feedback;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams;

/// <summary>Thumbs and their reasons in every shape that they come in (facts/teams.md §3.2).</summary>
internal sealed partial class TeamsFeedback(FeedbackRecorder feedback, IChannelStore store, IOptions<TeamsOptions> options, ILogger<TeamsFeedback> logger)
{
    /// <summary>Answered empty: anything else makes Teams report an error (§2.4).</summary>
    public InvokeResponse Vote(TeamsActivity activity)
    {
        var action = WireJson.Property(activity.Value, "actionValue");
        if (WireJson.Text(activity.Value, "actionName") == "feedback" && ParseVote(WireJson.Text(action, "reaction")) is { } vote)
        {
            var form = ParseFeedback(WireJson.Text(action, "feedback"));
            Record(activity, vote, form);
        }

        return InvokeResponse.Empty;
    }

    /// <summary>Both shapes that Teams and its SDKs have for it (§2.4).</summary>
    public InvokeResponse AskForReason(TeamsActivity activity)
    {
        var data = WireJson.Property(activity.Value, "data") is { ValueKind: JsonValueKind.Object } inner ? inner : activity.Value;
        var reaction = WireJson.Text(WireJson.Property(data, "actionValue"), "reaction") ?? WireJson.Text(data, "reaction") ?? "dislike";
        return InvokeResponse.Ok(TeamsCards.FeedbackForm(reaction, RatedTurn(activity, null)));
    }

    /// <summary>The form as a dialog of its own, for clients that open it as one.</summary>
    public InvokeResponse SubmitReason(TeamsActivity activity)
    {
        if (CardPress.Parse(activity.Value) is { Verb: TeamsVerb.Feedback } form && ParseVote(form.Reaction) is { } vote)
        {
            Record(activity, vote, form);
        }

        return InvokeResponse.Ok(TeamsCards.TaskMessage("Thank you: it helps to make the answers better."));
    }

    private void Record(TeamsActivity activity, Vote vote, CardPress? form)
    {
        var voter = new ChannelUser(TeamsPeople.UserOf(activity.From.ObjectId, activity.From.Id), activity.From.Name);
        if (RatedTurn(activity, form?.Turn) is not { } turn || !feedback.Record(turn, voter, vote, form?.Reason, form?.Comment))
        {
            Log.Unattributed(logger);
        }
    }

    /// <summary>
    /// The turn whose answer was rated: by the message's id; else as a form of ours says, where that turn is one of this conversation; else, in the Playground, which tells
    /// neither (§3.2), the last one.
    /// </summary>
    private TurnId? RatedTurn(TeamsActivity activity, TurnId? claimed)
    {
        var here = new ConversationReference(TeamsAdapter.Name, activity.Conversation.Id);
        return activity.ReplyToId is { } message && store.FindMessage(here, message) is { } rated ? rated.Turn
            : claimed is { } turn && store.FindTurn(turn)?.Conversation == here ? turn
            : options.Value.Anonymous ? store.FindLastAnswer(here)?.Turn
            : null;
    }

    private static Vote? ParseVote(string? reaction) => reaction switch
    {
        "like" => Feedback.Vote.Up,
        "dislike" => Feedback.Vote.Down,
        _ => null,
    };

    /// <summary>Teams sends JSON in a string, with the fields of our form or of its own; the Playground sends the words themselves (§3.2).</summary>
    private static CardPress? ParseFeedback(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            var form = json.RootElement;
            if (form.ValueKind == JsonValueKind.Object)
            {
                return CardPress.Parse(form) ?? new CardPress("", null, null, WireJson.Text(form, TeamsVerb.ReasonKey), WireJson.Text(form, TeamsVerb.CommentKey) ?? WireJson.Text(form, "feedbackText"));
            }
        }
        catch (JsonException)
        {
            // Words.
        }

        return new CardPress("", null, null, null, text);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A vote came for a message that is not known.")]
        public static partial void Unattributed(ILogger logger);
    }
}
