using System.Diagnostics;
using System.Text;
using CopilotBot.Serving;
using CopilotBot.Sources;
using CopilotBot.Sources.Attachments;
using CopilotBot.Tests.Sources.Attachments;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Serving;

public sealed class AttachmentProcessTests
{
    [Theory]
    [InlineData("socket", "refused: SocketException")]
    [InlineData("program", "refused: Win32Exception")]
    [InlineData("file", "refused: UnauthorizedAccessException")]
    public async Task A_file_that_takes_its_reader_over_gets_no_socket_no_program_and_no_file(string deed, string outcome)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has these limits.");

        (await RunAsync(new AttachmentOptions(), "--self-test", deed)).Reason.ShouldBe(outcome);
    }

    [Fact]
    public async Task The_reader_finds_nothing_of_this_process_in_its_environment() =>
        (await RunAsync(new AttachmentOptions(), "--self-test", "environment")).Reason!.Split(' ').ShouldAllBe(name => name.StartsWith("DOTNET_", StringComparison.Ordinal));

    [Fact]
    public async Task A_reader_that_takes_too_much_memory_is_stopped() =>
        (await RunAsync(new AttachmentOptions { MemoryMegabytes = 128 }, "--self-test", "memory")).Reason.ShouldBe("a.txt needs more than 128 MB of memory to read: split it, or raise the setting Attachments:MemoryMegabytes.");

    [Fact]
    public async Task A_reader_that_takes_too_long_is_stopped()
    {
        var start = Stopwatch.GetTimestamp();

        (await RunAsync(new AttachmentOptions { Seconds = 2 }, "--self-test", "time")).Reason.ShouldBe("a.txt took more than 2 s to read: split it, or raise the setting Attachments:Seconds.");

        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Each_kind_of_file_is_read_inside_the_limits()
    {
        using var process = Create(new AttachmentOptions());
        foreach (var (name, content, text) in new (string, byte[], string)[]
        {
            ("a.pdf", SampleFiles.Pdf("The pump starts."), "Page 1\nThe pump starts."),
            ("a.docx", OfficeFiles.Word("<w:p><w:r><w:t>One</w:t></w:r></w:p>"), "One"),
            ("a.xlsx", OfficeFiles.Excel(("A", [["One"]], false)), "A\nOne"),
            ("a.pptx", OfficeFiles.PowerPoint(("One", [], "")), "Slide 1: One"),
            ("--help.md", "# Größe"u8.ToArray(), "Größe"),
            ("a.html", "<p>One</p>"u8.ToArray(), "One"),
        })
        {
            var read = await process.ReadAsync(name, "", content, TestContext.Current.CancellationToken);
            read.Body?.Text.ShouldBe(text);
            read.Reason.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_large_text_comes_back_whole()
    {
        using var process = Create(new AttachmentOptions());
        var content = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"ä{i},b,c")));

        var read = await process.ReadAsync("a.csv", "", content, TestContext.Current.CancellationToken);

        read.Reason.ShouldBeNull();
        read.Body!.Text.ShouldEndWith("ä99999 | b | c");
    }

    [Fact]
    public async Task Cancelling_ends_the_reader()
    {
        using var process = Create(new AttachmentOptions());
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Should.ThrowAsync<OperationCanceledException>(() => process.ReadAsync("a.txt", "", [], ["--self-test", "time"], stop.Token));
    }

    private static AttachmentProcess Create(AttachmentOptions limits) => new(Options.Create(limits), TimeProvider.System, NullLogger<AttachmentProcess>.Instance);

    private static async Task<AttachmentText> RunAsync(AttachmentOptions limits, params string[] more)
    {
        using var process = Create(limits);
        return await process.ReadAsync("a.txt", "text/plain", "hi"u8.ToArray(), more, TestContext.Current.CancellationToken);
    }
}
