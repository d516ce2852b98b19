using System.Security.Cryptography;
using System.Text.Json;

namespace CopilotBot.Channels.Teams.Connector;

/// <summary>
/// The calls of the bot at Teams (facts 1.8). Sends are paced and made once: who repeats them knows what may be repeated. Reads are repeated here.
/// </summary>
internal sealed class ConnectorClient(ConnectorHttp http, ConversationPacer pacer, TimeProvider clock)
{
    private const int ReadTries = 3;
    private const int SmallestPage = 50;
    private const int LargestPage = 500;
    private static readonly TimeSpan ReadBudget = TimeSpan.FromSeconds(10);
    private static readonly SendResult NoId = new(SendStatus.Gone, Reason: "not an id");

    public Task<SendResult> CreateAsync(string serviceUrl, string conversationId, string activityJson, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, serviceUrl, conversationId, [conversationId, "activities"], activityJson, cancel);

    public Task<SendResult> UpdateAsync(string serviceUrl, string conversationId, string activityId, string activityJson, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, serviceUrl, conversationId, [conversationId, "activities", activityId], activityJson, cancel);

    public Task<SendResult> DeleteAsync(string serviceUrl, string conversationId, string activityId, CancellationToken cancel) =>
        SendAsync(HttpMethod.Delete, serviceUrl, conversationId, [conversationId, "activities", activityId], json: null, cancel);

    /// <summary>Pages until the end, or until there are more than the maximum: then the list is cut there and not complete.</summary>
    public async Task<ConnectorAnswer<MemberList>> GetMembersAsync(string serviceUrl, string conversationId, int maximum, CancellationToken cancel)
    {
        if (PathOf([conversationId, "pagedmembers"]) is not { } path)
        {
            return new ConnectorAnswer<MemberList>(NoId);
        }

        var pageSize = Math.Clamp(maximum + 1, SmallestPage, LargestPage);
        List<Member> members = [];
        var next = "";
        for (var page = 0; page <= maximum + 1; page++)
        {
            var query = $"?pageSize={pageSize}{(next.Length > 0 ? $"&continuationToken={Uri.EscapeDataString(next)}" : "")}";
            var reply = await ReadAsync(serviceUrl, path + query, cancel);
            if (ConnectorOutcome.Of(reply) is { Status: not SendStatus.Done } failure)
            {
                return new ConnectorAnswer<MemberList>(failure);
            }

            using var json = ConnectorOutcome.Parse(reply.Body);
            if (json is null || !json.RootElement.TryGetProperty("members", out var list) || list.ValueKind != JsonValueKind.Array
                || list.EnumerateArray().Any(member => member.ValueKind != JsonValueKind.Object))
            {
                return new ConnectorAnswer<MemberList>(Unreadable(reply));
            }

            members.AddRange(list.EnumerateArray().Select(Member.Parse));
            var last = next;
            next = json.RootElement.TryGetProperty("continuationToken", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString()! : "";
            if (next.Length == 0 || next == last || members.Count > maximum)
            {
                return Listed(members, maximum, isLast: next.Length == 0);
            }
        }

        return Listed(members, maximum, isLast: false);
    }

    public async Task<ConnectorAnswer<Member>> GetMemberAsync(string serviceUrl, string conversationId, string userId, CancellationToken cancel)
    {
        if (PathOf([conversationId, "members", userId]) is not { } path)
        {
            return new ConnectorAnswer<Member>(NoId);
        }

        var reply = await ReadAsync(serviceUrl, path, cancel);
        if (ConnectorOutcome.Of(reply) is { Status: not SendStatus.Done } failure)
        {
            return new ConnectorAnswer<Member>(failure);
        }

        using var json = ConnectorOutcome.Parse(reply.Body);
        return json is null
            ? new ConnectorAnswer<Member>(Unreadable(reply))
            : new ConnectorAnswer<Member>(SendResult.Done(messageId: null), Member.Parse(json.RootElement));
    }

    /// <summary>The id of the bot's chat with a person, for whom the app has to be installed. May be repeated: it is the same each time.</summary>
    public async Task<ConnectorAnswer<string>> CreatePersonalAsync(string serviceUrl, string userId, string tenantId, CancellationToken cancel)
    {
        var body = JsonSerializer.Serialize(new PersonalConversation(IsGroup: false, [new PersonalConversation.Account(userId)], tenantId), ConnectorJson.Default.PersonalConversation);
        var reply = await http.CallAsync(HttpMethod.Post, serviceUrl, "v3/conversations", body, cancel);
        return ConnectorOutcome.Of(reply) switch
        {
            { Status: not SendStatus.Done } failure => new ConnectorAnswer<string>(failure),
            { MessageId: { } id } => new ConnectorAnswer<string>(SendResult.Done(messageId: null), id),
            _ => new ConnectorAnswer<string>(Unreadable(reply)),
        };
    }

    private async Task<SendResult> SendAsync(HttpMethod method, string serviceUrl, string conversationId, string[] parts, string? json, CancellationToken cancel)
    {
        if (PathOf(parts) is not { } path)
        {
            return NoId;
        }

        await pacer.WaitAsync(conversationId, cancel);
        return ConnectorOutcome.Of(await http.CallAsync(method, serviceUrl, path, json, cancel));
    }

    private async Task<ConnectorReply> ReadAsync(string serviceUrl, string path, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var reply = await http.CallAsync(HttpMethod.Get, serviceUrl, path, json: null, cancel);
            var pause = reply.Wait ?? TimeSpan.FromMilliseconds((500 << (tries - 1)) + RandomNumberGenerator.GetInt32(200));
            if (reply.Status is not (429 or 502 or 503 or 504) || tries == ReadTries || clock.GetElapsedTime(start) + pause >= ReadBudget)
            {
                return reply;
            }

            // As long as Teams asks, else longer each time.
            await Task.Delay(pause, clock, cancel);
        }
    }

    /// <summary>Null where a part is no id: empty, or a step to another folder, which no encoding hides.</summary>
    private static string? PathOf(string[] parts) =>
        parts.Any(part => part is "" or "." or "..") ? null : $"v3/conversations/{string.Join('/', parts.Select(Uri.EscapeDataString))}";

    private static ConnectorAnswer<MemberList> Listed(List<Member> members, int maximum, bool isLast) =>
        new(SendResult.Done(messageId: null), new MemberList([.. members.Take(maximum)], isLast && members.Count <= maximum));

    private static SendResult Unreadable(ConnectorReply reply) => new(SendStatus.Unknown, Reason: $"{reply.Status} with an unreadable body");
}
