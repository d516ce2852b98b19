using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Tests.Channels.Rendering;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

public sealed class SlackTicketRendererTests
{
    [Theory]
    [MemberData(nameof(SomeDraft.All), MemberType = typeof(SomeDraft))]
    public void Every_draft_and_its_form_fit_into_slack_and_mention_nobody(string words, int fields, TicketState state)
    {
        var message = SlackTicketRenderer.Render(SomeDraft.Of(words, fields, state));

        SlackRules.CheckMessage(message);
        SlackRules.ShouldBeInert(message, "");
        SlackRules.CheckView(SlackTicketRenderer.Form(SomeDraft.Of(words, fields, state)));
    }
}
