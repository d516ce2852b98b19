namespace CopilotBot.Tests.Architecture;

/// <summary>A type of ours names, in a signature or in a method body, another type.</summary>
/// <param name="From">Full name of the outermost type that names it.</param>
/// <param name="To">Full name of the outermost type that is named.</param>
internal sealed record TypeReference(string From, string To)
{
    public string FromNamespace => From[..Math.Max(0, From.LastIndexOf('.'))];

    public string ToNamespace => To[..Math.Max(0, To.LastIndexOf('.'))];
}
