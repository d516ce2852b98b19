using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeConfluence;

/// <summary>The host of the bytes of Cloud: another port, signed addresses, and whoever shows it the site's token is refused (facts §1.10).</summary>
internal sealed class MediaHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<string, byte[]?> _find;
    private readonly ViolationLog _violations;

    /// <param name="find">Bytes by id of the attachment; null for none.</param>
    public MediaHost(Func<string, byte[]?> find, ViolationLog violations)
    {
        (_find, _violations) = (find, violations);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Address => _app.Urls.Single();

    public Task StartAsync() => _app.StartAsync();

    public string AddressOf(AttachmentState file) => $"{Address}/file/{file.Id}?signature={SignatureOf(file.Id)}";

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var id = (http.Request.Path.Value ?? "").Split('/')[^1];
        if (http.Request.Headers.Authorization.Count > 0)
        {
            _violations.Add("token-to-media", "§1.10", "The token of the site went to the host of the files");
            http.Response.StatusCode = 400;
        }
        else if (http.Request.Query["signature"] != SignatureOf(id))
        {
            http.Response.StatusCode = 403;
        }
        else if (_find(id) is { } bytes)
        {
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
        else
        {
            http.Response.StatusCode = 404;
        }
    }

    private static string SignatureOf(string id) => id.Length.ToString("x8", CultureInfo.InvariantCulture);
}
