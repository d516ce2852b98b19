namespace CopilotBot.FakeSlack;

/// <summary>A call that got past the rules of all calls.</summary>
internal sealed record ApiCall(CallSeen Seen, SlackInstall Install)
{
    public CallArguments Arguments => Seen.Arguments;
}
