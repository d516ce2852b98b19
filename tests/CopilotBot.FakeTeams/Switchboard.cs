namespace CopilotBot.FakeTeams;

/// <summary>Takes each call to whom it is for, after the rules that hold for every call; called under the connector's lock.</summary>
internal sealed class Switchboard(ConversationApi conversations, RosterApi roster, ViolationLog violations)
{
    public Outcome Act(CallSeen call, string? contentType)
    {
        if (!call.Route.IsEncoded)
        {
            violations.Add("id-encoding", "§1.8", $"An id in the path is not percent-encoded: {call.Target.Shortened()}");
        }

        if (call.Body.Length > 0 && contentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            violations.Add("content-type", "§1.8", $"The content type is {contentType ?? "(none)"}.");
            return Outcome.Error(415, "UnsupportedMediaType", "The content type must be application/json.");
        }

        if (call.Route.Query.Keys.FirstOrDefault(key => call.Operation != ConnectorOperation.GetPagedMembers || key is not ("pageSize" or "continuationToken")) is { } unknown)
        {
            violations.Add("query", "§1.8", $"The query {unknown} is not taken here.");
            return Outcome.Error(400, "BadArgument", $"The query {unknown} is not known.");
        }

        return (call.Operation, call.Parts) switch
        {
            (ConnectorOperation.Send or ConnectorOperation.Reply, [_, _, var id, ..]) => conversations.Send(id, call),
            (ConnectorOperation.Update, [_, _, var id, _, var activity]) => conversations.Update(id, activity, call),
            (ConnectorOperation.Delete, [_, _, var id, _, var activity]) => conversations.Delete(id, activity),
            (ConnectorOperation.CreateConversation, _) => conversations.Create(call),
            (ConnectorOperation.GetMember, [_, _, var id, _, var user]) => roster.GetMember(id, user),
            (ConnectorOperation.GetPagedMembers, [_, _, var id, _]) => roster.GetPagedMembers(id, call.Route.Query),
            (ConnectorOperation.GetMembers, [_, _, var id, _]) => roster.GetMembers(id),
            (ConnectorOperation.GetTeam, [_, _, var team]) => roster.GetTeam(team),
            (ConnectorOperation.GetTeamChannels, [_, _, var team, _]) => roster.GetTeamChannels(team),
            _ => RefuseUnknown(call),
        };
    }

    private Outcome RefuseUnknown(CallSeen call)
    {
        violations.Add("call-unknown", "§1.8", $"{call.Method} {call.Target.Shortened()} is no call of the connector.");
        return call.Route.IsPathKnown ? Outcome.Error(405, "MethodNotAllowed", "The method is not allowed here.") : Outcome.Error(404, "NotFound", "There is nothing here.");
    }
}
