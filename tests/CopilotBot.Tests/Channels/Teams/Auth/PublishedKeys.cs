using CopilotBot.FakeIdentity;

namespace CopilotBot.Tests.Channels.Teams.Auth;

/// <summary>One identity provider for the whole table: keys are slow to make.</summary>
public sealed class PublishedKeys : IAsyncLifetime
{
    public IdentityProvider Identity { get; private set; } = null!;

    public SigningKey WithoutEndorsements { get; private set; } = null!;

    public SigningKey OfAnotherChannel { get; private set; } = null!;

    public SigningKey WithCertificate { get; private set; } = null!;

    public SigningKey Good { get; private set; } = null!;

    public SigningKey NotPublished { get; } = SigningKey.Create("key-of-nobody", ["msteams"]);

    public async ValueTask InitializeAsync()
    {
        Identity = await IdentityProvider.StartAsync();
        Good = Identity.Key;
        WithoutEndorsements = Identity.Add("key-plain", endorsements: null);
        OfAnotherChannel = Identity.Add("key-webchat", ["webchat", "msteamsx"]);
        WithCertificate = Identity.Add("key-certificate", ["msteams"], hasCertificate: true);
    }

    public async ValueTask DisposeAsync() => await Identity.DisposeAsync();
}
