using CopilotBot.Answering;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Tests.Channels.Rendering;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

public sealed class TeamsTicketRendererTests
{
    [Theory]
    [MemberData(nameof(SomeDraft.All), MemberType = typeof(SomeDraft))]
    public void Every_draft_fits_into_teams(string words, int fields, TicketState state)
    {
        var draft = SomeDraft.Of(words, fields, state);

        var messages = TeamsAnswerRenderer.Render(TicketDrafting.Show(draft.Id, draft), SomeFrame.Channel);

        MessageRules.ShouldHold(messages);
        messages.Count.ShouldBe(state == TicketState.Open ? 2 : 1);
    }
}
