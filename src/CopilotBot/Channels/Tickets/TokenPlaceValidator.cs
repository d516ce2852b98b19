using CopilotBot.Tickets;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Tickets;

/// <summary>A token in a settings file is refused, before it gets into a backup or a repository. User secrets are a file too, with a name of their own.</summary>
internal sealed class TokenPlaceValidator(IConfiguration configuration) : IValidateOptions<TicketOptions>
{
    public ValidateOptionsResult Validate(string? name, TicketOptions options) =>
        configuration is IConfigurationRoot root && root.Providers.OfType<JsonConfigurationProvider>().Any(HoldsToken)
            ? ValidateOptionsResult.Fail("Tickets:Token stands in a settings file: remove it there, renew it in Jira, and put the new one into the environment variable Tickets__Token or a user secret.")
            : ValidateOptionsResult.Success;

    private static bool HoldsToken(JsonConfigurationProvider file) =>
        file.Source.Path?.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) == true && file.TryGet(TicketSecrets.TokenSetting, out _);
}
