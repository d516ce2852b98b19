using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Attachments;

/// <summary>Whether what a reader's process sent is what a reader can write: a file that took the process over may send anything.</summary>
internal static class AttachmentCheck
{
    /// <summary>Room for the words that readers add themselves, such as "Page 7".</summary>
    private const int Slack = 1_000_000;

    public static bool IsSound(AttachmentText text, AttachmentOptions limits) => text.Body is not { } body
        ? text.Reason is { Length: > 0 and < 1_000 }
        : body is { Text: { } words, Blocks: { } blocks, Links: { } links } && words.Length <= (limits.MaximumCharacters * 2L) + Slack
            && blocks.All(block => IsSound(block, words.Length)) && links.All(link => link is { Target: not null } && IsIn(link.Span, words.Length));

    private static bool IsSound(TextBlock? block, int length) => block is not null && IsIn(block.Span, length) && block switch
    {
        TextBlock.Heading heading => heading is { Level: >= 1 and <= 6, Anchor: not null },
        TextBlock.ListBlock list => list.Items is not null && list.Items.All(item => item is { Marker: not null } && IsIn(item.Span, length)),
        TextBlock.Table table => table.Rows is not null && (table.Header is not { } header || IsSound(header, length)) && table.Rows.All(row => IsSound(row, length)),
        TextBlock.Code code => code.Language is not null,
        TextBlock.Callout callout => callout is { Kind: not null, Blocks: not null } && (callout.Title is not { } title || IsIn(title, length)) && callout.Blocks.All(inner => IsSound(inner, length)),
        _ => true,
    };

    private static bool IsSound(TableRow? row, int length) => row is not null && IsIn(row.Span, length) && row.Cells is not null && row.Cells.All(cell => IsIn(cell, length));

    private static bool IsIn(TextSpan span, int length) => span.Start >= 0 && span.Length >= 0 && (long)span.Start + span.Length <= length;
}
