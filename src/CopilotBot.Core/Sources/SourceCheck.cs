namespace CopilotBot.Sources;

/// <summary>What a source says about its credential.</summary>
/// <param name="Account">Who the credential belongs to, as an admin would recognise it.</param>
/// <param name="Warnings">One sentence each on what is missing (rights to read restrictions, to check permissions of others, ...) and what to do.</param>
/// <param name="CanAskForOthers">Whether <see cref="ILiveSource.MayReadAsync"/> gets answers with this credential.</param>
public sealed record SourceCheck(string Account, IReadOnlyList<string> Warnings, bool CanAskForOthers);
