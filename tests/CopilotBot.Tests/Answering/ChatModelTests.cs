using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotBot.FakeChatEndpoint;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Answering;

/// <summary>A language model behind an endpoint instead of the extractor: settings alone, the same checks.</summary>
public sealed partial class ChatModelTests
{
    private const string Key = "key-that-nobody-may-see";

    private const string Question = "what does VPN-4021 mean";

    [Fact]
    public async Task An_endpoint_in_the_settings_writes_the_answer()
    {
        await using var endpoint = await ChatEndpoint.StartAsync("small", Key, messages => $"The client certificate has expired [{NumberOf(messages, "VPN-4021")}].");

        using var answer = await AskAsync(endpoint.Url);

        answer.RootElement.GetProperty("outcome").GetString().ShouldBe("Grounded");
        answer.RootElement.GetProperty("text").GetString().ShouldBe("The client certificate has expired [1]");
        answer.RootElement.GetProperty("citations").EnumerateArray().ShouldHaveSingleItem().GetProperty("documentId").GetString().ShouldBe("handbook:file:vpn.md");
        endpoint.Conversations.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("NO_EVIDENCE")]
    [InlineData("The certificate costs 99 euros [1].")]
    [InlineData("The client certificate has expired.")]
    [InlineData("The client certificate has expired [57].")]
    [InlineData("")]
    public async Task What_no_passage_backs_is_no_answer(string reply)
    {
        await using var endpoint = await ChatEndpoint.StartAsync("small", Key, _ => reply);

        using var answer = await AskAsync(endpoint.Url);

        answer.RootElement.GetProperty("outcome").GetString().ShouldBe("NoEvidence");
        answer.RootElement.GetProperty("citations").GetArrayLength().ShouldBe(0);
        endpoint.Conversations.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_model_reads_the_recorded_prompt()
    {
        await using var endpoint = await ChatEndpoint.StartAsync("small", Key, _ => "NO_EVIDENCE");

        using var answer = await AskAsync(endpoint.Url);

        var prompt = string.Join("\n\n", endpoint.Conversations.ShouldHaveSingleItem().Select(message => $"## {message.Role}\n{message.Text}"));
        prompt = Date().Replace(prompt, "last changed DATE").TrimEnd() + "\n";
        var file = Path.Combine(RepositoryPaths.Root, "tests", "golden", "answer-prompt.txt");
        if (Environment.GetEnvironmentVariable("COPILOTBOT_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, prompt, TestContext.Current.CancellationToken);
        }

        prompt.ShouldBe(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    public async Task An_endpoint_that_fails_is_a_failed_turn_that_quotes_neither_request_nor_key(int status)
    {
        await using var endpoint = await ChatEndpoint.StartAsync("small", Key, _ => "");
        endpoint.FailWith = status;
        using var handbook = new Handbook();
        await handbook.AddAsync();

        using var run = Start(handbook, endpoint.Url);

        (await run.WaitAsync()).ShouldBe(1);
        using var answer = JsonDocument.Parse(await run.Out);
        answer.RootElement.GetProperty("outcome").GetString().ShouldBe("Failed");
        answer.RootElement.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain(answer.RootElement.GetProperty("traceId").GetString()!);
        run.Error.ShouldContain($"answered with status {status}");
        foreach (var secret in new[] { Key, "certificate", Question })
        {
            run.Error.ShouldNotContain(secret, Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/v1", "small", "https")]
    [InlineData("http://models.example/v1", "small", "https")]
    [InlineData("https://models.example/v1", "", "Model")]
    [InlineData("https://models.example/v1", "small", "COPILOTBOT_NO_SUCH_KEY")]
    public async Task Settings_that_cannot_work_are_one_sentence(string url, string model, string expected)
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        var settings = new Dictionary<string, string> { ["ChatModel__Endpoint"] = url, ["ChatModel__Model"] = model, ["ChatModel__ApiKeyVariable"] = "COPILOTBOT_NO_SUCH_KEY" };

        using var run = CopilotProcess.Start("", settings, "ask", Question, "--data", handbook.Data);

        (await run.WaitAsync()).ShouldBe(1);
        run.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(expected);
    }

    private static async Task<JsonDocument> AskAsync(string url)
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        using var run = Start(handbook, url);
        (await run.WaitAsync()).ShouldBe(0, run.Error);
        return JsonDocument.Parse(await run.Out);
    }

    private static CopilotProcess Start(Handbook handbook, string url) => CopilotProcess.Start(
        "",
        new Dictionary<string, string> { ["ChatModel__Endpoint"] = url, ["ChatModel__Model"] = "small", ["ChatModel__ApiKeyVariable"] = "COPILOTBOT_TEST_KEY", ["COPILOTBOT_TEST_KEY"] = Key },
        "ask", Question, "--json", "--data", handbook.Data);

    /// <summary>Number of the passage that holds the word.</summary>
    private static string NumberOf(IReadOnlyList<ChatMessageSeen> messages, string word) =>
        messages.Single(message => message.Role == "user").Text.Split("\n\n").First(passage => passage.Contains(word, StringComparison.Ordinal)).Split('[', ']')[1];

    [GeneratedRegex(@"last changed \d{4}-\d\d-\d\d")]
    private static partial Regex Date();
}
