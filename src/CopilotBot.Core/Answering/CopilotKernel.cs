using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;

namespace CopilotBot.Answering;

/// <summary>The kernel with its two plugins; every turn runs on a copy of its own, so that the audit of one turn never sees another.</summary>
public sealed class CopilotKernel(
    HybridRetriever retriever, IDocumentStore documents, SourceRecheck recheck, IChatClient chat, IOptions<AnsweringOptions> options, ILoggerFactory loggers, TimeProvider time)
{
    private readonly KernelPlugin _knowledge = KernelPluginFactory.CreateFromObject(new KnowledgePlugin(retriever, documents, recheck, options.Value), KnowledgePlugin.Name);

    private readonly KernelPlugin _answer = KernelPluginFactory.CreateFromObject(new AnswerPlugin(chat), AnswerPlugin.Name);

    /// <summary>Searches, then writes: two audited kernel functions.</summary>
    internal async Task<(GroundingRequest Request, ChatResponse Response, IReadOnlyList<TurnStage> Stages)> RunAsync(
        TurnId turn, string question, UserIdentity user, AllowedSets allowed, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken)
    {
        var kernel = new Kernel();
        kernel.Plugins.Add(_knowledge);
        kernel.Plugins.Add(_answer);
        var audit = new KernelAudit(loggers.CreateLogger<KernelAudit>(), time, turn);
        kernel.FunctionInvocationFilters.Add(audit);
        var request = await InvokeAsync<GroundingRequest>(_knowledge[KnowledgePlugin.Search], new() { ["question"] = question, ["user"] = user, ["allowed"] = allowed });
        if (progress is not null)
        {
            progress.Report(new AnswerProgress(request.Passages.Count, 0, ""));
            request = request with { Draft = new AnswerDraft(turn, request, progress) };
        }

        var response = await InvokeAsync<ChatResponse>(_answer[AnswerPlugin.Write], new() { ["request"] = request });
        return (request, response, audit.Stages);

        async Task<T> InvokeAsync<T>(KernelFunction function, KernelArguments arguments)
        {
            arguments[KernelAudit.CallerKey] = turn.Value;
            return await kernel.InvokeAsync<T>(function, arguments, cancellationToken)
                ?? throw new InvalidOperationException($"The kernel function {function.Name} returned nothing.");
        }
    }
}
