namespace CopilotBot.FakeConfluence;

/// <summary>What a site does beyond its contents. Set through <see cref="ConfluenceSite.Set"/>.</summary>
public sealed class SiteSwitches
{
    /// <summary>Readers of spaces are given as roles (facts §1.6).</summary>
    public bool HasRoles { get; set; }

    /// <summary>No permission row of any space is shown: the token lost its rights (facts §1.6).</summary>
    public bool HidesPermissions { get; set; }

    /// <summary>Anonymous visitors reach the site at all (facts §1.6).</summary>
    public bool IsOpenToAnyone { get; set; } = true;

    /// <summary>The crawl account is named in every restriction; else it sees what its user may view.</summary>
    public bool SeesEverything { get; set; } = true;

    /// <summary>Account id, or on Data Center key, that the crawl account is one of the site's users with; it has to be added where it does not see everything.</summary>
    public string CrawlAccount { get; set; } = "crawl-account";

    /// <summary>The crawl account may read permissions on Data Center (facts §1.6).</summary>
    public bool IsAdministrator { get; set; } = true;

    /// <summary>Data Center has no word for everybody with a licence but a group with all of them.</summary>
    public string LicensedGroup { get; set; } = "confluence-users";

    /// <summary>The token works on the gateway alone (facts §1.8).</summary>
    public bool IsTokenScoped { get; set; }

    /// <summary>No page of a listing is longer, however much is asked for (facts §4.3 no. 26).</summary>
    public int LongestPage { get; set; } = 250;

    /// <summary>Users and groups each that a search shows of a restriction (facts §1.6).</summary>
    public int MostOfARestriction { get; set; } = 200;

    /// <summary>How long searches know nothing of a change (facts §5.3).</summary>
    public TimeSpan IndexLag { get; set; }

    /// <summary>The site's clock against that of the test.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>What literals of time in a search are read in (facts §0.3).</summary>
    public TimeZoneInfo QueryZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Pages whose body cannot be asked for: 500 (facts §1.3).</summary>
    public ISet<string> Poisoned { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Ids of spaces that answer this status for a while and are in no listing meanwhile (facts §1.5).</summary>
    public IDictionary<string, int> UnavailableSpaces { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    internal void ThrowIfUnavailable(string spaceId)
    {
        if (UnavailableSpaces.TryGetValue(spaceId, out var status))
        {
            throw RuleException.Trouble(status, "The space is not available.");
        }
    }
}
