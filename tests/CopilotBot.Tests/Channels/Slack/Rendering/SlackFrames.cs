using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Tests.Channels.Rendering;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

/// <summary>Places that answers go to.</summary>
internal static class SlackFrames
{
    public static SlackFrame Personal { get; } = new(SlackPlace.Personal, SomeAnswer.Now);

    public static SlackFrame Shared { get; } = new(SlackPlace.Shared, SomeAnswer.Now);

    public static SlackFrame Ephemeral { get; } = new(SlackPlace.Ephemeral, SomeAnswer.Now);

    public static SlackFrame SharedByAsker { get; } = Shared with { Quoted = "my laptop *is* dead <!here>", AskedBy = "U0HALVORNE" };

    public static TheoryData<string> Names => [nameof(Personal), nameof(Shared), nameof(Ephemeral), nameof(SharedByAsker)];

    public static SlackFrame Of(string name) => name switch
    {
        nameof(Personal) => Personal,
        nameof(Shared) => Shared,
        nameof(Ephemeral) => Ephemeral,
        nameof(SharedByAsker) => SharedByAsker,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
