#pragma warning disable
namespace CopilotBot.Extraction;
public sealed class IntentRouter { public Task<RoutedMessage> RouteAsync(string text, CancellationToken cancellationToken) => throw new NotImplementedException(); }
