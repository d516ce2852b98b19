using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace CopilotBot.Answering;

/// <summary>Writing the answer as a kernel function: the configured chat model, which is the extractor when none is.</summary>
internal sealed class AnswerPlugin(IChatClient chat)
{
    public const string Name = "answer";

    public const string Write = "write";

    private static readonly string Instructions = Prompt.Load("answer.txt").TrimEnd();

    [KernelFunction(Write)]
    [Description("Writes an answer in which every sentence names the passage that it comes from.")]
    public async Task<ChatResponse> WriteAsync(
        [Description("The question and its numbered passages.")] GroundingRequest request, CancellationToken cancellationToken)
    {
        // The extractor takes the passages as objects; a model over the wire gets text only.
        var isExtractor = chat.GetService(typeof(AnswerExtractor)) is not null;
        List<ChatMessage> messages = isExtractor ? [new(ChatRole.User, request.Question)] : [new(ChatRole.System, Instructions), new(ChatRole.User, Render(request))];
        var options = isExtractor ? request.ToOptions() : new ChatOptions { Temperature = 0, MaxOutputTokens = 500 };
        return request.Passages.Count == 0
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, GroundingRequest.NoEvidence))
            : request.Draft is { } draft && !isExtractor ? await StreamAsync(messages, options, draft, cancellationToken)
            : await chat.GetResponseAsync(messages, options, cancellationToken);
    }

    private async Task<ChatResponse> StreamAsync(List<ChatMessage> messages, ChatOptions options, IProgress<string> draft, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var update in chat.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            text.Append(update.Text);
            draft.Report(text.ToString());
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text.ToString()));
    }

    private static string Render(GroundingRequest request)
    {
        var text = new StringBuilder();
        foreach (var passage in request.Passages)
        {
            var chunk = passage.Candidate.Indexed.Chunk;
            text.Append(CultureInfo.InvariantCulture, $"[{passage.Number}] {chunk.Prefix} (last changed {passage.Document.Updated:yyyy-MM-dd})\n{chunk.Text}\n\n");
        }

        return text.Append("Question: ").Append(request.Question).ToString();
    }
}
