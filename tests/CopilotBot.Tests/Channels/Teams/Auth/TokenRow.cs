using CopilotBot.Channels.Teams.Auth;
using CopilotBot.FakeIdentity;

namespace CopilotBot.Tests.Channels.Teams.Auth;

/// <param name="Reason">Of the verdict: a row must fail for what it says, and not for something else.</param>
/// <param name="Header">Makes the header of a good token.</param>
internal sealed record TokenRow(int Status, string Reason, Func<TokenDraft, PublishedKeys, string?> Header, InboundFacts? Activity = null)
{
    public static TokenRow Of(int status, string reason, Action<TokenDraft, PublishedKeys> change, InboundFacts? activity = null) => new(
        status,
        reason,
        (draft, keys) =>
        {
            change(draft, keys);
            return $"Bearer {draft.Sign()}";
        },
        activity);

    public static TokenRow Of(int status, string reason, Action<TokenDraft> change, InboundFacts? activity = null) => Of(status, reason, (draft, _) => change(draft), activity);

    public static TokenRow Of(int status, string reason, InboundFacts activity) => Of(status, reason, _ => { }, activity);

    /// <summary>The claim agrees with the activity.</summary>
    public static TokenRow At(string serviceUrl, int status, string reason) =>
        Of(status, reason, draft => draft.Claims["serviceurl"] = serviceUrl, new InboundFacts(serviceUrl, "msteams", TeamsHost.Tenant));
}
