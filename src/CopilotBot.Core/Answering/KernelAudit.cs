using System.Diagnostics;
using CopilotBot.Conversations;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace CopilotBot.Answering;

/// <summary>
/// The one filter around every kernel function: times it for the trace, counts it, and lets nothing run that the orchestrator did not ask for, so that
/// a model can never reach a function by itself.
/// </summary>
internal sealed partial class KernelAudit(ILogger<KernelAudit> logger, TimeProvider time, TurnId turn) : IFunctionInvocationFilter
{
    private readonly List<TurnStage> _stages = [];

    public IReadOnlyList<TurnStage> Stages => _stages;

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (context.IsStreaming || context.Arguments.ContainsName(CallerKey) is false)
        {
            throw new InvalidOperationException("A kernel function was called by something other than the orchestrator.");
        }

        var start = time.GetTimestamp();
        var name = $"{context.Function.PluginName}.{context.Function.Name}";
        using var activity = Telemetry.CopilotTelemetry.Source.StartActivity(name, ActivityKind.Internal);
        await next(context);
        var elapsed = time.GetElapsedTime(start).TotalMilliseconds;
        _stages.Add(new TurnStage(name, elapsed));
        Log.Invoked(logger, turn.Value, name, elapsed);
    }

    /// <summary>Argument that only the orchestrator sets.</summary>
    public const string CallerKey = "copilotbot.turn";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Turn {Turn} ran {Function} in {Milliseconds:0.0} ms.")]
        public static partial void Invoked(ILogger logger, string turn, string function, double milliseconds);
    }
}
