using CopilotBot.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Teams.Auth;

public sealed class ServiceHostsTests
{
    private static readonly ServiceHosts Public = ServiceHosts.Of(new TeamsAuthOptions(), isAnonymous: false);

    [Theory]
    [InlineData("https://smba.trafficmanager.net/teams/")]
    [InlineData("https://smba.trafficmanager.net")]
    [InlineData("https://smba.trafficmanager.net:443/emea/")]
    [InlineData("HTTPS://SMBA.TRAFFICMANAGER.NET/emea/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/")]
    [InlineData("https://a.teams.microsoft.com/")]
    [InlineData("https://a.b.teams.microsoft.com/")]
    public void Hosts_of_the_cloud_are_allowed(string serviceUrl) => Public.IsAllowed(serviceUrl).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData("//smba.trafficmanager.net/")]
    [InlineData("ftp://smba.trafficmanager.net/")]
    [InlineData("http://smba.trafficmanager.net/")]
    [InlineData("http://smba.trafficmanager.net:443/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("https://evilsmba.trafficmanager.net/")]
    [InlineData("https://a.smba.trafficmanager.net/")]
    [InlineData("https://teams.microsoft.com/")]
    [InlineData("https://.teams.microsoft.com/")]
    [InlineData("https://evilteams.microsoft.com/")]
    [InlineData("https://a.teams.microsoft.com.evil.example/")]
    [InlineData("https://a.teams.microsoft.com@evil.example/")]
    [InlineData("https://user:pass@smba.trafficmanager.net/")]
    [InlineData("https://evil.example\\@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net\\.evil.example/")]
    [InlineData("https://smba.trafficmanager.net%2eevil.example/")]
    [InlineData("https://evil.example/?.teams.microsoft.com")]
    [InlineData("https://evil.example#.teams.microsoft.com")]
    [InlineData("https://smba.trafficmanager.net/?a=b")]
    [InlineData("https://smba.trafficmanager.net/#a")]
    [InlineData(" https://smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net/\n")]
    [InlineData("https://smba.trafficmanager.net\t.evil.example/")]
    [InlineData("https://smbа.trafficmanager.net/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://localhost:3978/")]
    public void Everything_else_is_not(string? serviceUrl) => Public.IsAllowed(serviceUrl).ShouldBeFalse();

    [Theory]
    [InlineData("http://127.0.0.1:3978/", true)]
    [InlineData("http://localhost:56150/_connector", true)]
    [InlineData("http://[::1]:56150/_connector", true)]
    [InlineData("http://localhost.evil.example/", false)]
    [InlineData("http://127.0.0.1.evil.example/", false)]
    [InlineData("http://10.0.0.1/", false)]
    public void Anonymous_mode_takes_this_machine_too(string serviceUrl, bool isAllowed) =>
        ServiceHosts.Of(new TeamsAuthOptions(), isAnonymous: true).IsAllowed(serviceUrl).ShouldBe(isAllowed);

    [Fact]
    public void A_listed_loopback_address_is_allowed_with_tokens_and_no_other_one()
    {
        var hosts = new ServiceHosts(["127.0.0.1"], allowLoopback: false);

        hosts.IsAllowed("http://127.0.0.1:1234/").ShouldBeTrue();
        hosts.IsAllowed("http://localhost:1234/").ShouldBeFalse();
        hosts.IsAllowed("https://smba.trafficmanager.net/").ShouldBeFalse();
    }

    [Theory]
    [InlineData("smba.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("*", false)]
    [InlineData("*.com", false)]
    [InlineData("com", false)]
    [InlineData("*example.com", false)]
    [InlineData("a.*.example.com", false)]
    [InlineData("https://example.com", false)]
    [InlineData("example.com:443", false)]
    [InlineData("example.com/path", false)]
    [InlineData("", false)]
    public void Patterns_are_host_names(string pattern, bool isPattern) => ServiceHosts.IsPattern(pattern).ShouldBe(isPattern);
}
