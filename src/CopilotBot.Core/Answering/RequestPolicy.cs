using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Answering;

/// <summary>What is refused to everybody, before anything is read: it depends on the words of the request alone, never on who asks or what exists.</summary>
public sealed class RequestPolicy
{
    private readonly int _maximumLength;

    private readonly IReadOnlyList<Regex> _refused;

    /// <exception cref="OptionsValidationException">A pattern is not a regular expression.</exception>
    public RequestPolicy(IOptions<AnsweringOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _maximumLength = options.Value.MaximumQuestionLength;
        try
        {
            // NonBacktracking: linear time whatever an admin writes.
            _refused = [.. options.Value.RefusedPatterns.Select(pattern => new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))];
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new OptionsValidationException(
                nameof(AnsweringOptions), typeof(AnsweringOptions), [$"Answering:RefusedPatterns holds something that is not a regular expression: {exception.Message}"]);
        }
    }

    /// <summary>The sentence to reply with, or null when the request may be served.</summary>
    public string? Refusal(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return string.IsNullOrWhiteSpace(question) ? "Please ask a question."
            : question.Length > _maximumLength ? $"That is longer than {_maximumLength} characters: please ask a shorter question."
            : _refused.Any(pattern => pattern.IsMatch(question)) ? "I may not help with that here."
            : null;
    }
}
