namespace CopilotBot.Sync.Live;

/// <summary>The steps that every live source goes through.</summary>
public sealed record LiveSteps(ChangeWatch Changes, AccessWatch Access, Reconciliation Reconciliation, ItemReader Reader);
