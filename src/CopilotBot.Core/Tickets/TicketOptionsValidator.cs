using Microsoft.Extensions.Options;

namespace CopilotBot.Tickets;

/// <summary>Settings that cannot work, in sentences.</summary>
internal sealed class TicketOptionsValidator(IOptions<TicketSecrets> secrets) : IValidateOptions<TicketOptions>
{
    public ValidateOptionsResult Validate(string? name, TicketOptions options)
    {
        if (options.Site.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(TicketOptions options)
    {
        if (!Uri.TryCreate(options.Site, UriKind.Absolute, out var site) || !(site.Scheme == Uri.UriSchemeHttps || (site.Scheme == Uri.UriSchemeHttp && site.IsLoopback)) || site.UserInfo.Length > 0)
        {
            yield return "Tickets:Site is neither an https address nor one of this machine: write it like https://acme.atlassian.net, without a user and a password, or empty it to write no tickets.";
        }

        if (options.Projects.Count == 0 || options.Projects.Any(key => !TicketKeys.IsProject(key)))
        {
            yield return "Tickets:Projects has to name the keys of the projects that tickets may be written into, such as VPN: nothing is written into others.";
        }

        if (options.Flavour == JiraFlavour.Cloud && !options.Email.Contains('@', StringComparison.Ordinal))
        {
            yield return "Tickets:Email has to be the address of the account that the API token belongs to.";
        }

        if (string.IsNullOrEmpty(secrets.Value.Token))
        {
            yield return "Tickets:Site is set and there is no API token: put it into the environment variable Tickets__Token or the user secret Tickets:Token, never into a settings file.";
        }
    }
}
