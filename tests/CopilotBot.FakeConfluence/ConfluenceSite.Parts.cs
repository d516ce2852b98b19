namespace CopilotBot.FakeConfluence;

/// <summary>What hangs on pages: contents of their own, which leave the page's version as it is (facts §1.4).</summary>
public sealed partial class ConfluenceSite
{
    /// <returns>The id of the comment.</returns>
    public string AddComment(string pageId, string body, string author, bool isInline = false) => Read(() =>
    {
        var page = _state.Page(pageId);
        var comment = new CommentState(_state.NextNumber(), page, isInline, body, author, Now);
        page.Comments.Add(comment);
        _state.Comments.Add(comment.Id, comment);
        return comment.Id;
    });

    public void EditComment(string id, string body) => Change(() =>
    {
        var comment = _state.Comments[id];
        comment.Body = body;
        comment.Bump(Now);
    });

    public void DeleteComment(string id) => Change(() =>
    {
        if (_state.Comments.Remove(id, out var comment))
        {
            comment.Page.Comments.Remove(comment);
        }
    });

    /// <returns>The id of the attachment, as "att900000001".</returns>
    public string AddAttachment(string pageId, string fileName, string mediaType, byte[] bytes) => Read(() =>
    {
        var page = _state.Page(pageId);
        var file = new AttachmentState(_state.NextNumber(), page, fileName, mediaType, bytes, Now);
        page.Attachments.Add(file);
        _state.Attachments.Add(file.Id, file);
        return file.Id;
    });

    public void UpdateAttachment(string id, byte[] bytes) => Change(() =>
    {
        var file = _state.Attachments[id];
        file.Bytes = bytes;
        file.Bump(Now);
    });

    public void RemoveAttachment(string id) => Change(() =>
    {
        if (_state.Attachments.Remove(id, out var file))
        {
            file.Page.Attachments.Remove(file);
        }
    });
}
