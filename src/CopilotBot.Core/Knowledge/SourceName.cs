namespace CopilotBot.Knowledge;

/// <summary>Name of a configured source: lower-case letters, digits and hyphens. First part of every <see cref="DocumentId"/> of the source.</summary>
public readonly record struct SourceName(string Value)
{
    /// <summary>Parses a name that a person typed.</summary>
    /// <exception cref="FormatException">The name has other characters than a-z, 0-9 and hyphen, or is longer than 40.</exception>
    public static SourceName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > 40 || !text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            throw new FormatException($"'{text}' is not a source name: use 1 to 40 lower-case letters, digits and hyphens.");
        }

        return new SourceName(text);
    }

    public override string ToString() => Value;
}
