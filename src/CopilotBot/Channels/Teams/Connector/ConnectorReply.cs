namespace CopilotBot.Channels.Teams.Connector;

/// <summary>What came back of one request.</summary>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Body">Null where it could not be read to its end.</param>
/// <param name="Correlation">Microsoft's id of the request (MS-CV), or empty.</param>
/// <param name="Problem">With a fault: its kind, in words that may be logged.</param>
internal sealed record ConnectorReply(
    int Status, string? Body = null, string Correlation = "", TimeSpan? Wait = null, ConnectorFault Fault = ConnectorFault.None, string Problem = "")
{
    public static ConnectorReply Failed(ConnectorFault fault, string problem, TimeSpan? wait = null) => new(Status: 0, Wait: wait, Fault: fault, Problem: problem);
}
