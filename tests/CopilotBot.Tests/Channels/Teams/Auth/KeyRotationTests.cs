using CopilotBot.Channels.Teams.Auth;
using CopilotBot.FakeIdentity;

namespace CopilotBot.Tests.Channels.Teams.Auth;

public sealed class KeyRotationTests : IAsyncLifetime
{
    private static readonly InboundFacts Activity = new(TeamsHost.ServiceUrl, "msteams", TeamsHost.Tenant);

    private IdentityProvider _identity = null!;
    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _identity = await IdentityProvider.StartAsync();
        _host = TeamsHost.Signed(keys: _identity.CreateHandler());
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _identity.DisposeAsync();
    }

    [Fact]
    public async Task A_new_key_is_found_at_once_and_the_old_one_is_refused_once_it_is_gone()
    {
        (await StatusOfAsync(_identity.Key)).ShouldBe(200);
        var old = _identity.Rotate();

        (await StatusOfAsync(_identity.Key)).ShouldBe(200);
        (await StatusOfAsync(old)).ShouldBe(401);
        _identity.KeyFetches.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_many_tokens()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusOfAsync(_identity.Key)));

        (_identity.MetadataFetches, _identity.KeyFetches).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Unknown_key_ids_of_strangers_cause_one_fetch_in_the_interval()
    {
        await StatusOfAsync(_identity.Key);
        var stranger = SigningKey.Create("key-of-a-stranger", endorsements: null);

        await StatusOfAsync(stranger);
        await StatusOfAsync(stranger);
        _identity.KeyFetches.ShouldBe(2);
        _host.Clock.Advance(TimeSpan.FromSeconds(299));
        await StatusOfAsync(stranger);
        _identity.KeyFetches.ShouldBe(2);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await StatusOfAsync(stranger);

        _identity.KeyFetches.ShouldBe(3);
    }

    [Fact]
    public async Task A_second_rotation_within_the_interval_is_found_after_it()
    {
        await StatusOfAsync(_identity.Key);
        _identity.Rotate();
        await StatusOfAsync(_identity.Key);
        _identity.Rotate();

        (await StatusOfAsync(_identity.Key)).ShouldBe(401);
        _host.Clock.Advance(TimeSpan.FromMinutes(5));

        (await StatusOfAsync(_identity.Key)).ShouldBe(200);
    }

    [Fact]
    public async Task Keys_are_fetched_anew_after_twelve_hours_and_a_withdrawn_one_is_refused()
    {
        await StatusOfAsync(_identity.Key);
        var old = _identity.Rotate();
        (await StatusOfAsync(old)).ShouldBe(200);

        _host.Clock.Advance(TimeSpan.FromHours(12));

        (await StatusOfAsync(old)).ShouldBe(401);
    }

    [Fact]
    public async Task The_keys_that_are_known_are_kept_while_the_issuer_fails()
    {
        await StatusOfAsync(_identity.Key);
        _identity.FailWith = 500;

        _host.Clock.Advance(TimeSpan.FromHours(13));

        (await StatusOfAsync(_identity.Key)).ShouldBe(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"keys":[{"kty":"RSA"}]}""")]
    [InlineData("""{"keys":7}""")]
    public async Task Without_keys_nobody_is_let_in_and_another_time_may_work(string document)
    {
        _identity.KeysDocument = document;
        (await StatusOfAsync(_identity.Key)).ShouldBe(503);
        _identity.KeysDocument = null;
        (await StatusOfAsync(_identity.Key)).ShouldBe(503);

        _host.Clock.Advance(TimeSpan.FromSeconds(5));

        (await StatusOfAsync(_identity.Key)).ShouldBe(200);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_is_no_reason_to_let_anyone_in()
    {
        _identity.FailWith = 503;

        (await StatusOfAsync(_identity.Key)).ShouldBe(503);
    }

    [Fact]
    public async Task A_key_address_without_tls_is_not_asked()
    {
        _identity.KeysUrl = "http://login.botframework.com/v1/.well-known/keys";

        (await StatusOfAsync(_identity.Key)).ShouldBe(503);
        _identity.KeyFetches.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_id_that_stands_for_two_keys_is_endorsed_for_nothing()
    {
        var twin = _identity.Add(_identity.Key.KeyId.ToUpperInvariant(), ["msteams"]);

        (await StatusOfAsync(twin)).ShouldBe(401);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_spellings_of_the_metadata_path_work_over_http_on_this_machine(bool isClassic)
    {
        using var network = new SocketsHttpHandler();
        using var host = TeamsHost.Signed(keys: network, settings: [("Teams:OpenIdMetadata", isClassic ? _identity.MetadataUrl : _identity.HyphenatedMetadataUrl)]);

        var verdict = await host.Validator.ValidateAsync($"Bearer {host.Draft(_identity.Key).Sign()}", Activity, TestContext.Current.CancellationToken);

        verdict.HttpStatus.ShouldBe(200);
    }

    private async Task<int> StatusOfAsync(SigningKey key) =>
        (await _host.Validator.ValidateAsync($"Bearer {_host.Draft(key).Sign()}", Activity, TestContext.Current.CancellationToken)).HttpStatus;
}
