using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>A modal or an App Home as a person sees it; a snapshot.</summary>
/// <param name="View">As the bot gave it last.</param>
public sealed record ShownView(string Id, string Hash, string UserId, JsonElement View)
{
    public string CallbackId => View.Text("callback_id") ?? "";

    public string PrivateMetadata => View.Text("private_metadata") ?? "";

    public string Title => View.Get("title").Text("text") ?? "";

    /// <summary>What the blocks say.</summary>
    public string Text => BlockText.Of(View.List("blocks"));

    public IReadOnlyList<ShownButton> Buttons => [.. View.List("blocks").SelectMany(BlockText.Buttons)];
}
