namespace CopilotBot.FakeConfluence;

/// <summary>REST v1 of Data Center.</summary>
internal sealed class DataCenterV1(World world, WikiSite site)
{
    public Outcome Answer(CallSeen call) => throw new RuleException("path", site.Edition.ToString(), $"{world.Contents.Count} {call.Path}");
}
