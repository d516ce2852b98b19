using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Answering;

/// <summary>How live sources are asked, at the moment of an answer, whether the asker may still read what it rests on. Bound to "Answering:Recheck".</summary>
public sealed class RecheckOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Milliseconds for all sources of an answer together; what no source has answered on by then is left out, unless everybody there may read it.</summary>
    [Range(1, 60_000)]
    public int BudgetMs { get; set; } = 400;

    /// <summary>Seconds that a source's answer on a person and a document counts.</summary>
    [Range(1, 86_400)]
    public int KeepForSeconds { get; set; } = 60;
}
