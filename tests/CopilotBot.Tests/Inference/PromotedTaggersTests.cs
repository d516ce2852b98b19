using CopilotBot.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Inference;

public sealed class PromotedTaggersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly PromotedTaggers _promoted;

    public PromotedTaggersTests()
    {
        TinyTagger.WriteHeads(_folder, TinyTagger.Heads());
        _promoted = new PromotedTaggers(_folder.In("data", "tagger"));
    }

    [Fact]
    public void Promoted_rolled_back_and_promoted_again()
    {
        _promoted.Current.ShouldBeNull();
        Promote().Number.ShouldBe(1);
        Promote().Number.ShouldBe(2);
        _promoted.Current.ShouldBe(_folder.In("data", "tagger", "2"));

        _promoted.Rollback().ShouldBeTrue();
        _promoted.Current.ShouldBe(_folder.In("data", "tagger", "1"));
        Promote().Number.ShouldBe(3);
        _promoted.Rollback().ShouldBeTrue();
        _promoted.Rollback().ShouldBeTrue();

        _promoted.Current.ShouldBeNull();
        _promoted.Rollback().ShouldBeFalse();
        _promoted.List().Select(copy => copy.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_copy_has_all_files_of_the_model()
    {
        var (_, folder) = Promote();

        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["heads.json", "labels.json", "model.onnx", "vocab.txt"]);
    }

    [Fact]
    public void Killed_while_copying_leaves_what_was_in_use_and_the_next_copy_is_whole()
    {
        Promote();
        _folder.Write("data/tagger/.next/model.onnx", "half of a mod");

        _promoted.Current.ShouldBe(_folder.In("data", "tagger", "1"));
        _promoted.List().Count.ShouldBe(1);

        ModelEntry.InFolder(Promote().Folder, ModelRole.Tagger).Verify();
    }

    [Fact]
    public void Killed_between_the_copy_and_the_note_leaves_what_was_in_use()
    {
        Promote();
        _folder.Write("data/tagger/2/model.onnx", "moved, but never noted");
        _folder.Write("data/tagger/promoted.json.new", "[1,");

        _promoted.Current.ShouldBe(_folder.In("data", "tagger", "1"));
        Promote().Number.ShouldBe(3);
        _promoted.Rollback().ShouldBeTrue();
        _promoted.Current.ShouldBe(_folder.In("data", "tagger", "1"));
    }

    [Fact]
    public void A_model_that_is_incomplete_is_never_in_use()
    {
        File.Delete(_folder.In("base", "vocab.txt"));

        Should.Throw<ModelException>(() => _promoted.Stage(_folder.In("base"))).Message.ShouldContain("vocab.txt");
        _promoted.Current.ShouldBeNull();
        _promoted.List().ShouldBeEmpty();
    }

    [Fact]
    public void A_note_that_cannot_be_read_says_what_to_do()
    {
        _folder.Write("data/tagger/promoted.json", "{}");

        Should.Throw<ModelException>(() => _promoted.Current).Message.ShouldContain("remove it to use the shipped tagger");
    }

    public void Dispose() => _folder.Dispose();

    private (int Number, string Folder) Promote()
    {
        _promoted.Stage(_folder.In("base"));
        return _promoted.Promote();
    }
}
