using Microsoft.Extensions.Options;

namespace CopilotBot.Extraction.Rules;

/// <summary>Rules that cannot be used are said at the start, not to the first person who wants a ticket.</summary>
internal sealed class TicketRulesValidator : IValidateOptions<ExtractionOptions>
{
    public ValidateOptionsResult Validate(string? name, ExtractionOptions options)
    {
        try
        {
            TicketRules.Of(options);
            return ValidateOptionsResult.Success;
        }
        catch (TicketRulesException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
