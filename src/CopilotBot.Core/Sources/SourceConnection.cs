namespace CopilotBot.Sources;

/// <summary>How a live source is reached: everything but its secret.</summary>
public sealed record SourceConnection
{
    /// <summary>The site as people open it, without a path on Cloud ("https://halvorne.example"), with the context path on Data Center.</summary>
    public required Uri Site { get; init; }

    public SourceEdition Edition { get; init; } = SourceEdition.Cloud;

    /// <summary>Where an API gateway takes the place of the site (scoped tokens and OAuth on Atlassian Cloud): its root with the cloud id; else null.</summary>
    public Uri? Gateway { get; init; }

    /// <summary>Where OAuth tokens are given out; null for Atlassian's own address.</summary>
    public Uri? Tokens { get; init; }

    /// <summary>With a basic credential: whose token it is. Empty where the token is sent as a bearer token.</summary>
    public string Email { get; init; } = "";

    /// <summary>Keys of the spaces, projects or repositories to read; empty for all that the credential can read.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whether files attached to pages and issues are read too.</summary>
    public bool Attachments { get; init; } = true;
}

public enum SourceEdition
{
    Cloud,

    DataCenter,
}
