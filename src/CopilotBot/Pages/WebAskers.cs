using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Serving;
using CopilotBot.Sync;
using Microsoft.Extensions.Options;

namespace CopilotBot.Pages;

/// <summary>
/// Who is asking on the page. A choice that the browser sends counts only while every source is the demo (architecture decision 10);
/// otherwise it is the one configured person, whatever the browser says.
/// </summary>
internal sealed partial class WebAskers(ISourceRegistry sources, IAccessStore access, AccessFilter filter, IOptions<WebOptions> options, ILogger<WebAskers> logger)
{
    public const string UnknownChoice = "This person is not known; reload the page and choose again.";

    public bool HasPicker => sources.List() is { Count: > 0 } all && all.All(DemoKnowledge.IsDemo);

    /// <summary>The sentence for a person that <see cref="Find"/> does not know.</summary>
    public string UnknownPerson => HasPicker
        ? UnknownChoice
        : "The setting Web:Person names nobody that the sources know, or several people; put one person's id there, in appsettings.json, and start the server again.";

    /// <summary>People to choose from, by name; none without a picker.</summary>
    public IReadOnlyList<Person> Selectable() => HasPicker ? [.. access.GetPeople().OrderBy(person => person.DisplayName, StringComparer.Ordinal)] : [];

    /// <summary>The asker, or null when the choice or the setting names nobody.</summary>
    public UserIdentity? Find(string? choice)
    {
        var named = HasPicker ? choice : options.Value.Person;
        if (string.IsNullOrEmpty(named))
        {
            return UserIdentity.LocalStaff;
        }

        // A choice comes from the list, so it is an id; a setting was typed by a person.
        var person = HasPicker ? access.GetPeople().FirstOrDefault(known => known.Id == named) : FindConfigured(named);
        if (person is null)
        {
            return null;
        }

        if (HasPicker)
        {
            Log.AskedAs(logger, person.Id);
        }

        return new UserIdentity(person.Id, person.DisplayName, IsStaff: true);
    }

    private Person? FindConfigured(string named)
    {
        try
        {
            return filter.FindPerson(named);
        }
        catch (FormatException)
        {
            return null; // several people: nobody in particular
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Audit: the page acts as {Person}, chosen in the picker of the demo")]
        public static partial void AskedAs(ILogger logger, string person);
    }
}
