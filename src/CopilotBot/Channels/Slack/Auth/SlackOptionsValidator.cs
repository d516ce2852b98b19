using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Auth;

internal sealed class SlackOptionsValidator(IOptions<SlackSecrets> secrets) : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
        SlackSetup.Problem(options, secrets.Value) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
