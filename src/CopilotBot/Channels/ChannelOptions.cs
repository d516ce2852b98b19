using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Channels;

/// <summary>How turns of Teams and Slack are worked on.</summary>
internal sealed class ChannelOptions
{
    /// <summary>Answers made at the same time; 0 means one for each processor but one, which takes in the questions.</summary>
    [Range(0, 256)]
    public int Parallelism { get; set; }

    /// <summary>Conversations that are worked on at the same time, most of them waiting for their platform.</summary>
    [Range(1, 1000)]
    public int Conversations { get; set; } = 128;

    /// <summary>An answer that takes longer is replaced by a sentence with the trace id.</summary>
    [Range(1, 600)]
    public int DeadlineSeconds { get; set; } = 60;

    /// <summary>With this many questions before it, a question is told that the bot is busy.</summary>
    [Range(1, 10_000)]
    public int BusyFrom { get; set; } = 20;

    /// <summary>A turn that the process did not survive so often is answered with the trace id instead.</summary>
    [Range(1, 20)]
    public int MaximumAttempts { get; set; } = 3;

    /// <summary>A message that could not be delivered for so long is given up.</summary>
    [Range(1, 168)]
    public int GiveUpHours { get; set; } = 24;

    /// <summary>How long it is remembered what was asked where, which message answers it, and which deliveries were seen.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 90;
}
