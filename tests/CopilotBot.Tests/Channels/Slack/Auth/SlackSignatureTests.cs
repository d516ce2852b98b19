using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CopilotBot.Channels.Slack.Auth;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Channels.Slack.Auth;

/// <summary>The rules of facts §1.1.</summary>
public sealed class SlackSignatureTests
{
    private const long Now = 1_700_000_000;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("payload=%7B%22type%22%3A%22x%22%7D+é");

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    [Fact]
    public void A_signature_that_another_tool_made_is_taken() =>
        Verify("1700000000", "v0=e6c5318041765b0b49a6762ed6617733756a4e0e154787849b472496649787b4", Body).IsAccepted.ShouldBeTrue();

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_request_counts_for_five_minutes_both_ways(int seconds, bool isAccepted)
    {
        var timestamp = (Now + seconds).ToString(CultureInfo.InvariantCulture);

        Verify(timestamp, Sign(timestamp, Body), Body).ShouldBe(isAccepted ? SlackVerdict.Accepted : SlackVerdict.Refused("stale timestamp"));
    }

    [Fact]
    public void Any_byte_of_the_body_counts()
    {
        var signature = Sign("1700000000", Body);
        for (var at = 0; at < Body.Length; at++)
        {
            var other = Body.ToArray();
            other[at] ^= 1;
            Verify("1700000000", signature, other).Reason.ShouldBe("wrong signature", $"byte {at}");
        }

        Verify("1700000000", signature, Body[..^1]).IsAccepted.ShouldBeFalse();
        Verify("1700000000", signature, [.. Body, 0]).IsAccepted.ShouldBeFalse();
    }

    [Fact]
    public void Any_letter_of_the_signature_counts()
    {
        var signature = Sign("1700000000", Body);
        for (var at = 0; at < signature.Length; at++)
        {
            var other = $"{signature[..at]}{(char)(signature[at] ^ 1)}{signature[(at + 1)..]}";
            Verify("1700000000", other, Body).Reason.ShouldBe("wrong signature", $"letter {at}");
        }
    }

    [Fact]
    public void The_signed_time_is_the_time_that_counts() => Verify("1700000001", Sign("1700000000", Body), Body).Reason.ShouldBe("wrong signature");

    [Theory]
    [InlineData("v1=")]
    [InlineData("V0=")]
    [InlineData("")]
    public void Another_version_is_refused(string version) => Verify("1700000000", Sign("1700000000", Body).Replace("v0=", version), Body).Reason.ShouldBe("wrong signature");

    [Fact]
    public void Upper_case_and_what_stands_around_a_signature_is_refused()
    {
        var signature = Sign("1700000000", Body);

        Verify("1700000000", $"v0={signature[3..].ToUpperInvariant()}", Body).IsAccepted.ShouldBeFalse();
        Verify("1700000000", $"{signature},{signature}", Body).IsAccepted.ShouldBeFalse();
        Verify("1700000000", $" {signature}", Body).IsAccepted.ShouldBeFalse();
        Verify("1700000000", "v0=é", Body).IsAccepted.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, "v0=a")]
    [InlineData("", "v0=a")]
    [InlineData("1700000000", null)]
    [InlineData("1700000000", "")]
    public void Without_a_header_nothing_is_taken(string? timestamp, string? signature) => Verify(timestamp, signature, Body).Reason.ShouldBe("not signed");

    [Theory]
    [InlineData("1700000000.0")]
    [InlineData("+1700000000")]
    [InlineData(" 1700000000")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("1700000000,1700000000")]
    public void A_timestamp_is_a_plain_number(string timestamp) => Verify(timestamp, Sign(timestamp, Body), Body).Reason.ShouldBe("unreadable timestamp");

    [Fact]
    public void The_largest_number_is_stale_and_no_crash() => Verify("9223372036854775807", Sign("9223372036854775807", Body), Body).Reason.ShouldBe("stale timestamp");

    [Fact]
    public void Another_secret_signs_something_else_and_without_one_nothing_is_taken()
    {
        Verify("1700000000", Sign("1700000000", Body, "other"), Body).Reason.ShouldBe("wrong signature");
        Verify("1700000000", Sign("1700000000", Body, ""), Body, secret: "").Reason.ShouldBe("no signing secret");
    }

    private static string Sign(string timestamp, byte[] body, string secret = SlackHost.SigningSecret) =>
        $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]))}";

    private SlackVerdict Verify(string? timestamp, string? signature, byte[] body, string secret = SlackHost.SigningSecret) =>
        new SlackSignature(Options.Create(new SlackSecrets { SigningSecret = secret }), _clock).Verify(timestamp, signature, body);
}
