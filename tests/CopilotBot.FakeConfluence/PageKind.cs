namespace CopilotBot.FakeConfluence;

public enum PageKind
{
    Page,

    BlogPost,

    Folder,
}
