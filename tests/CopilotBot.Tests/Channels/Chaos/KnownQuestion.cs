namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>A question to the demo whose answer is known and like no other.</summary>
/// <param name="Fact">Words that only its answer has.</param>
internal sealed record KnownQuestion(string Text, string Fact, bool IsGrounded = true)
{
    public static IReadOnlyList<KnownQuestion> All { get; } =
    [
        new("my laptop is dead, how long until I get a replacement", "within 6 working days"),
        new("what is the printer name in Port Ainslie", "prn-ain-01"),
        new("supplement for the night shift", "30 percent"),
        new("how many weeks of paid parental leave do parents get", "18 weeks"),
        new("how long are copies of team folders kept", "13 weeks"),
        new("daily allowance in Portugal", "38 euros"),
        new("what does fault code BRW-204 mean", "pitch motor does not answer"),
        new("which firmware version runs in the brinewing controller", "v2.14.1"),
        new("Deepbook stops with DBK-709", "2 gigabytes"),
        new("the ferrywell booking portal shows a white page", "Clearing the site data"),
        new("what is the capital of Mongolia", "I don't know", IsGrounded: false),
    ];
}
