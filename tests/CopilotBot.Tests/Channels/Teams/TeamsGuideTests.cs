using System.Text.RegularExpressions;
using CopilotBot.Channels;
using CopilotBot.Channels.Teams;
using CopilotBot.Channels.Teams.Auth;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>docs/teams.md against the product.</summary>
public sealed partial class TeamsGuideTests
{
    [Fact]
    public async Task The_guide_names_every_setting_and_none_that_does_not_exist()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "teams.md"), TestContext.Current.CancellationToken);
        var named = Setting().Matches(guide).Select(match => $"{match.Groups[1].Value}:{match.Groups[2].Value}").Distinct().Order(StringComparer.Ordinal);

        named.ShouldBe(Names("Teams", typeof(TeamsOptions), typeof(TeamsAuthOptions)).Concat(Names("Channels", typeof(ChannelOptions)).Append("Channels:Urls")).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(string section, params Type[] options) => options.SelectMany(type => type.GetProperties()).Select(property => $"{section}:{property.Name}");

    [GeneratedRegex(@"\b(Teams|Channels)(?::|__)([A-Z][A-Za-z]+)")]
    private static partial Regex Setting();
}
