using System.Net;

namespace CopilotBot.Channels;

/// <summary>How the bot calls a platform. The client does not log: addresses hold ids of people, or are keys themselves.</summary>
internal static class PlatformHttp
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A client without cookies that follows no redirect, which would take the token along. Each call has a timeout of its own.</summary>
    public static IServiceCollection AddPlatformClient(this IServiceCollection services, string name)
    {
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = ConnectTimeout,
                PooledConnectionLifetime = ConnectionLifetime,
                AutomaticDecompression = DecompressionMethods.All,
            })
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>How long the answer asks to wait; null where it does not say.</summary>
    public static TimeSpan? WaitOf(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
