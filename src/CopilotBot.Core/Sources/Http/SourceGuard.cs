using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Http;

/// <summary>Turns what a site answered into one sentence that says what to do.</summary>
/// <param name="rights">What to do about an account that may not do what reading needs.</param>
internal sealed class SourceGuard(SourceName source, string rights = "give it the rights that docs/sources.md names")
{
    /// <exception cref="SourceException">The call brought nothing.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (SourceHttpException exception)
        {
            throw Explain(exception);
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}})"/>
    public async IAsyncEnumerable<T> RunAsync<T>(IAsyncEnumerable<T> items)
    {
        await using var each = items.GetAsyncEnumerator(CancellationToken.None);
        while (await RunAsync(async () => await each.MoveNextAsync()))
        {
            yield return each.Current;
        }
    }

    private SourceException Explain(SourceHttpException exception) => new(
        exception.Fault switch
        {
            SourceFault.Unauthorized => $"The credential of the source '{source}' is not accepted: make a new token and put it into the environment variable {SourceSecrets.VariableOf(source.Value, "Token")}.",
            SourceFault.Forbidden => $"The account of the source '{source}' may not do what reading needs ({exception.Message}): {rights}.",
            SourceFault.Gone => $"The site of the source '{source}' does not offer this call any more ({exception.Message}): check its edition; on a gateway use the site's own address with an API token; else update this version.",
            _ => $"The source '{source}' cannot be read now ({exception.Message}): it is tried again by itself.",
        },
        exception);
}
