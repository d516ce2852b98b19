using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams.Auth;

internal sealed class TeamsAuthOptionsValidator(IOptions<TeamsOptions> teams, IOptions<TeamsSecrets> secrets) : IValidateOptions<TeamsAuthOptions>
{
    public ValidateOptionsResult Validate(string? name, TeamsAuthOptions options) =>
        Enum.IsDefined(options.Cloud) && TeamsSetup.Problem(options, teams.Value, secrets.Value) is { } problem
            ? ValidateOptionsResult.Fail(problem)
            : ValidateOptionsResult.Success;
}
