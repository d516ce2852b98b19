using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Tests.Channels.Rendering;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

/// <summary>Places that answers go to.</summary>
internal static class SomeFrame
{
    public static AnswerFrame Personal { get; } = new("my laptop is dead", IsPersonal: true, SomeAnswer.Now, SensitivityLabelId: null, OffersPrivate: false);

    public static AnswerFrame Channel { get; } = Personal with { IsPersonal = false, OffersPrivate = true };
}
