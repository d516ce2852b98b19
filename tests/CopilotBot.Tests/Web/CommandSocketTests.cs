using CopilotBot.Serving;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Web;

public sealed class CommandSocketTests
{
    [Fact]
    public void The_socket_lies_in_the_data_folder_when_its_path_is_short_enough()
    {
        using var folder = new TemporaryFolder();

        CommandSocket.Prepare(folder["server.sock"]).ShouldBe(folder["server.sock"]);
        CommandSocket.Locate(folder["server.sock"]).ShouldBe(folder["server.sock"]);
    }

    [Fact]
    public void A_path_that_is_too_long_is_replaced_by_a_short_one_that_the_data_folder_names()
    {
        using var folder = new TemporaryFolder();
        var preferred = folder[Path.Combine(new string('d', 100), "server.sock")];
        Directory.CreateDirectory(Path.GetDirectoryName(preferred)!);

        var actual = CommandSocket.Prepare(preferred);

        actual.Length.ShouldBeLessThan(100);
        CommandSocket.Locate(preferred).ShouldBe(actual);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.GetDirectoryName(actual)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        CommandSocket.Remove(preferred);
        Directory.Exists(Path.GetDirectoryName(actual)).ShouldBeFalse();
        CommandSocket.Locate(preferred).ShouldBe(preferred);
    }

    [Fact]
    public void What_a_killed_server_left_behind_is_cleared_away()
    {
        using var folder = new TemporaryFolder();
        folder.Write("server.sock", "");

        CommandSocket.Prepare(folder["server.sock"]);

        File.Exists(folder["server.sock"]).ShouldBeFalse();
    }
}
