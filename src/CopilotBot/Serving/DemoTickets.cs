using CopilotBot.Extraction;
using CopilotBot.Extraction.Rules;
using CopilotBot.Sync;
using CopilotBot.Tickets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Serving;

/// <summary>Tickets of the invented company: while the demo is all there is and no tracker is connected, drafts are made for it, and nothing is written.</summary>
internal static class DemoTickets
{
    public static IServiceCollection AddDemoTickets(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => Settings(provider).RulesFile.Length == 0 && IsDemo(provider) ? TicketRules.Load(Path.Combine(AppContext.BaseDirectory, "Demo", "tickets.yaml")) : TicketRules.Of(Settings(provider)));
        services.TryAddSingleton<Func<CancellationToken, Task<TicketSchema>>>(provider => _ => Task.FromResult(SchemaOf(provider)));
        return services;
    }

    /// <summary>Sources may be added while the server runs: then the demo's tickets are nobody's any more.</summary>
    private static TicketSchema SchemaOf(IServiceProvider provider) =>
        (Settings(provider).RulesFile.Length > 0 || IsDemo(provider) ? provider.GetRequiredService<TicketRules>().Schema : null) ?? None;

    private static ExtractionOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<ExtractionOptions>>().Value;

    private static TicketSchema None { get; } = new([]);

    private static bool IsDemo(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<TicketOptions>>().Value.Site.Length == 0 && provider.GetRequiredService<ISourceRegistry>().List().All(DemoKnowledge.IsDemo);
}
