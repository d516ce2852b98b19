using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>The sources that an admin has connected.</summary>
public interface ISourceRegistry
{
    IReadOnlyList<SourceRegistration> List();

    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    void Add(SourceRegistration registration);

    void Remove(SourceName source);
}
