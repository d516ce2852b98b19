namespace CopilotBot.FakeSlack;

/// <summary>A person (or a bot) as users.info describes one (facts §8).</summary>
/// <param name="TeamId">The workspace that the account belongs to, which in a shared channel need not be the channel's.</param>
/// <param name="Email">Null where the profile has none.</param>
public sealed record SlackUser(string Id, string TeamId, string Name, string? Email)
{
    /// <summary>All ids of one organisation's people; null elsewhere.</summary>
    public string? EnterpriseId { get; init; }

    public bool IsDeleted { get; init; }

    public bool IsBot { get; init; }

    public bool IsAppUser { get; init; }

    /// <summary>A guest of several channels.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>A guest of one channel.</summary>
    public bool IsUltraRestricted { get; init; }

    /// <summary>From another organisation, seen in a shared channel.</summary>
    public bool IsStranger { get; init; }

    public bool IsEmailConfirmed { get; init; } = true;
}
