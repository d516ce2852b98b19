using CopilotBot.Conversations;
using CopilotBot.Retrieval;

namespace CopilotBot.Commands;

/// <summary>
/// Who is asking on the command line: whoever may open the data folder may read all of it anyway, so <c>--as</c> grants nothing; it is audited all the same.
/// </summary>
internal sealed partial class CommandAskers(AccessFilter filter, ILogger<CommandAskers> logger)
{
    /// <param name="problem">One sentence when the result is null.</param>
    public UserIdentity? Find(string? named, out string problem)
    {
        problem = "";
        if (string.IsNullOrEmpty(named))
        {
            return UserIdentity.LocalStaff;
        }

        try
        {
            if (filter.FindPerson(named) is { } person)
            {
                Log.AskedAs(logger, person.Id);
                return new UserIdentity(person.Id, person.DisplayName, IsStaff: true);
            }
        }
        catch (FormatException ambiguous)
        {
            problem = ambiguous.Message;
            return null;
        }

        problem = $"Nobody is known as '{named}'; name a person by id, e-mail address or full name as the source has it.";
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Audit: a command acts as {Person}")]
        public static partial void AskedAs(ILogger logger, string person);
    }
}
