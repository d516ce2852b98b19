namespace CopilotBot.Conversations;

/// <summary>Who is asking, as far as it has been established. <see cref="Public"/> reads only what anyone may read.</summary>
/// <param name="PersonId">Id of a <see cref="Knowledge.Person"/>, or null.</param>
/// <param name="IsStaff">Known to belong to the organisation (holds "licensed") even when no person is named.</param>
public sealed record UserIdentity(string? PersonId, string DisplayName, bool IsStaff)
{
    public static UserIdentity Public { get; } = new(null, "public", false);

    /// <summary>The person at this machine: staff without a name. Only for the command line and the loopback page.</summary>
    public static UserIdentity LocalStaff { get; } = new(null, "local staff", true);
}
