namespace CopilotBot.Conversations;

/// <summary>One visible message of the bot: what it is to show, and how far that has come.</summary>
public sealed record OutboundMessage
{
    public required string Id { get; init; }

    public required ConversationReference Conversation { get; init; }

    /// <summary>As in <see cref="InboundTurn"/>.</summary>
    public required string Address { get; init; }

    /// <summary>The turn whose answer it shows; a later one after an edit.</summary>
    public required TurnId Turn { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DeliveryMode Mode { get; init; }

    /// <summary>The person's message that it answers; empty when the bot speaks first.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>From 0: an answer may take several messages.</summary>
    public int Part { get; init; }

    /// <summary>The platform's id, once it is known.</summary>
    public string? MessageId { get; init; }

    /// <summary>The message is a stream that its content will close.</summary>
    public bool IsStream { get; init; }

    /// <summary>A post was begun and its outcome is not noted: it may stand there under an id that nobody knows.</summary>
    public bool IsPosting { get; init; }

    /// <summary>What it is to show, as its channel's adapter wrote it; null while there is only the placeholder.</summary>
    public string? Content { get; init; }

    /// <summary>To be removed, or removed when nothing is owed any more.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary><see cref="Content"/> is not known to be shown, or the removal not known to be done.</summary>
    public bool IsOwed { get; init; }

    /// <summary>The content is the sentence that stands in for one that the platform refused.</summary>
    public bool IsStandIn { get; init; }

    /// <summary>Tries that did not succeed since the content was set.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why it was given up, or null.</summary>
    public string? GivenUp { get; init; }

    /// <summary>Id of the part of an answer to a message: the same for every answer to it, so that an edit finds what to change.</summary>
    public static string IdOf(ConversationReference conversation, string replyTo, int part)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return $"{conversation.Channel}\n{conversation.ConversationId}\n{replyTo}\n{part}";
    }
}
