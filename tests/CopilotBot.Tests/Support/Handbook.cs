namespace CopilotBot.Tests.Support;

/// <summary>A small folder of Markdown pages and a data folder that is still empty.</summary>
internal sealed class Handbook : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Handbook()
    {
        _folder.Write("pages/vpn.md", """
            # Remote access

            The VPN client lets you reach internal hosts from home.

            ## Error codes

            | Code | Meaning | What to do |
            |---|---|---|
            | VPN-4021 | The client certificate has expired | Renew it in the certificate portal |
            | VPN-4030 | The clock of the laptop is wrong | Set the clock |
            """);
        _folder.Write("pages/travel.md", """
            # Business travel

            ## Meals

            The daily meal allowance in Lisbon is 42 euros.

            ## Booking

            Book flights in the travel tool at least 14 days ahead.
            """);
    }

    public string Path => _folder.Path;

    public string Pages => _folder["pages"];

    public string Data => _folder["data"];

    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    public Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(Path, [.. args, "--data", "data"]);

    /// <summary>Registers the pages as source "handbook" and indexes them.</summary>
    public Task<CommandRun> AddAsync() => RunAsync("source", "add", "files", "--path", "pages", "--name", "handbook");

    public void Dispose() => _folder.Dispose();
}
