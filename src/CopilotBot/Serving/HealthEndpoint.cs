using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CopilotBot.Serving;

/// <summary>GET /health: 200 while the server answers, with "Degraded" and why when a source does not keep up.</summary>
internal static partial class HealthEndpoint
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<SourcesHealth>("sources");
        return services;
    }

    public static void MapHealth(this WebApplication app) => app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        var sources = report.Entries.Values.SelectMany(entry => entry.Data).ToDictionary(pair => pair.Key, pair => pair.Value.ToString() ?? "", StringComparer.Ordinal);
        return http.Response.WriteAsync(JsonSerializer.Serialize(new View(report.Status.ToString(), sources), HealthJson.Default.View), http.RequestAborted);
    }

    internal sealed record View(string Status, IReadOnlyDictionary<string, string> Sources);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(View))]
    private sealed partial class HealthJson : JsonSerializerContext;
}
