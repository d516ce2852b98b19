using CopilotBot.Indexing.Embedded;

namespace CopilotBot.Tests.Indexing.Embedded;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("Error VPN-4021: try again.", "vpn-4021")]
    [InlineData("It failed with 0x80070005!", "0x80070005")]
    [InlineData("Since v2.14.1, and in 3.0 too.", "v2.14.1 3.0")]
    [InlineData("Ping 10.2.3.4.", "10.2.3.4")]
    [InlineData("Use \"mail.corp.example\" (port 25).", "mail.corp.example")]
    [InlineData("Host mail.corp.example:8443 is up", "mail.corp.example:8443 mail.corp.example")]
    [InlineData("Write to <Jo.Doe@corp.example>.", "jo.doe@corp.example")]
    [InlineData("Edit /etc/ssh/sshd_config, then", "/etc/ssh/sshd_config sshd_config")]
    [InlineData("See https://wiki.corp.example/x/HELP-12/ now", "wiki.corp.example/x/help-12 wiki.corp.example help-12")]
    [InlineData("Call +49 (30) 555-0199 or 0800/555 0199.", "49305550199 08005550199 +49 555-0199 0800/555")]
    [InlineData("HELP-12/HELP-13", "help-12/help-13 help-12 help-13")]
    [InlineData("set max_connections=500 and C# or C++", "max_connections=500 max_connections c++")]
    public void Identifiers_are_kept_whole(string text, string expected) =>
        Identifiers.Of(text).ShouldBe(expected.Split(' '), ignoreOrder: true);

    [Theory]
    [InlineData("Plain words, well-known ones; don't you think?")]
    [InlineData("In 2024 there were 12 of them - or 13.")]
    [InlineData("")]
    [InlineData("... --- ??? // \\\\")]
    public void Words_and_plain_numbers_are_no_identifiers(string text) => Identifiers.Of(text).ShouldBeEmpty();
}
