using Microsoft.Extensions.FileProviders;

namespace CopilotBot.Pages;

internal static class PagesEndpoints
{
    /// <summary>Nothing from elsewhere, nothing inline, nobody frames it; what is behind access is kept in no cache.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static void UsePages(this WebApplication app)
    {
        app.UseHostFiltering();
        app.UseExceptionHandler(failed => failed.Run(async http =>
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync($"Something went wrong here. Look for {http.TraceIdentifier} in the log of the server.", http.RequestAborted);
        }));
        app.Use(async (http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            await next(http);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new EmbeddedFileProvider(typeof(PagesEndpoints).Assembly, "CopilotBot.Pages.Assets") });
        app.UseAntiforgery();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapRazorComponents<App>();
        app.MapSyncStatus();
    }
}
