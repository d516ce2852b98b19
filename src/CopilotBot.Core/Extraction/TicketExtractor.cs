#pragma warning disable
using CopilotBot.Tickets;
namespace CopilotBot.Extraction;
public sealed class TicketExtractor { public Task<TicketDraft> ExtractAsync(TicketDraft blank, string text, RoutedMessage routed, ExtractionContext context, TicketSchema schema, CancellationToken cancellationToken) => throw new NotImplementedException(); }
