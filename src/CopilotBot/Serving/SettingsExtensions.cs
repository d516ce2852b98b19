using CopilotBot.Commands;
using Microsoft.Extensions.Logging.Console;

namespace CopilotBot.Serving;

/// <summary>Settings and logging that the server and every verb share.</summary>
internal static class SettingsExtensions
{
    /// <summary>appsettings.json beside the executable, then user secrets, then the environment; results own standard output, so logs go to standard error.</summary>
    public static void AddSettings(this IHostApplicationBuilder builder)
    {
        builder.Configuration.SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: false)
            .AddUserSecrets(typeof(SettingsExtensions).Assembly, optional: true)
            .AddEnvironmentVariables();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>A verb at a terminal tells of trouble and of whose eyes were used, and is silent otherwise.</summary>
    public static void KeepQuiet(this ILoggingBuilder logging) => logging
        .AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning)
        .AddFilter<ConsoleLoggerProvider>(typeof(CommandAskers).FullName, LogLevel.Information);
}
