using CopilotBot.Serving;

namespace CopilotBot.Tests.Web;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://localhost:81/", "http://localhost:81")]
    [InlineData("http://[::1]:81", "http://[::1]:81")]
    [InlineData("http://127.0.0.1:1; http://127.0.0.1:2", "http://127.0.0.1:1 http://127.0.0.1:2")]
    public void Loopback_addresses_are_taken(string urls, string expected) => string.Join(' ', ListenAddress.Parse(urls)).ShouldBe(expected);

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.4:5080")]
    [InlineData("http://copilot.example:5080")]
    [InlineData("http://127.0.0.1:1;http://10.0.0.1:1")]
    public void An_address_that_others_can_reach_is_refused(string urls) =>
        Should.Throw<FormatException>(() => ListenAddress.Parse(urls)).Message.ShouldContain("can be reached from other machines");

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/sub")]
    [InlineData("http://localhost:0")]
    public void What_cannot_be_listened_on_is_refused(string urls) => Should.Throw<FormatException>(() => ListenAddress.Parse(urls)).Message.ShouldContain("http://127.0.0.1:");
}
