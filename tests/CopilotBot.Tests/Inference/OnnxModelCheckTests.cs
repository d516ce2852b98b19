using CopilotBot.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Inference;

public sealed class OnnxModelCheckTests : IDisposable
{
    private const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\nworld\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Refused => new()
    {
        { "external", "keeps tensors in other files" },
        { "nested-external", "keeps tensors in other files" },
        { "deep", "graphs are nested too deep" },
        { "custom", "uses the custom operator Steal of 'evil.example'" },
        { "function", "defines functions of its own" },
        { "input", "wants an input 'pixel_values'" },
        { "no-mask", "has no inputs input_ids and attention_mask" },
        { "output", "has no output token_embeddings or last_hidden_state" },
        { "text", "is not an ONNX model" },
        { "empty", "is not an ONNX model" },
        { "cut", "is not an ONNX model" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_model_that_could_do_harm_or_cannot_work_is_refused_before_it_is_loaded(string kind, string expected)
    {
        var entry = Write(kind switch
        {
            "external" => new TinyModel { ExternalFile = "../../../etc/hostname" }.Build(),
            "nested-external" => new TinyModel { ExternalFile = "/etc/hostname", Depth = 1 }.Build(),
            "deep" => new TinyModel { Depth = 5000 }.Build(),
            "custom" => new TinyModel { Domain = "evil.example", Operator = "Steal" }.Build(),
            "function" => new TinyModel { HasFunction = true }.Build(),
            "input" => new TinyModel { Inputs = ["input_ids", "attention_mask", "pixel_values"] }.Build(),
            "no-mask" => new TinyModel { Inputs = ["input_ids"] }.Build(),
            "output" => new TinyModel { Output = "pooled" }.Build(),
            "text" => "this is not a model, whatever its name says"u8.ToArray(),
            "cut" => new TinyModel().Build()[..40],
            _ => [],
        });
        using var encoder = new OnnxTextEncoder(entry);

        var error = await Should.ThrowAsync<ModelException>(() => encoder.EncodeAsync(["hello"], TestContext.Current.CancellationToken));

        error.Message.ShouldContain(expected);
        error.Message.ShouldContain(entry.Folder);
        Should.Throw<ModelException>(entry.Verify).Message.ShouldBe(error.Message);
    }

    [Fact]
    public async Task A_model_of_another_maker_gives_unit_vectors_of_its_token_states()
    {
        var table = new float[7][];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = [i == 5 ? 3 : 0, i == 6 ? 4 : 0];
        }

        using var encoder = new OnnxTextEncoder(Write(new TinyModel { Table = table }.Build()));

        var encoding = (await encoder.EncodeAsync(["Hello world"], TestContext.Current.CancellationToken))[0];

        encoding.TokenIds.ShouldBe([5, 6]);
        encoding.TokenVectors.ShouldBe([1, 0, 0, 1]);
        encoding.TokenDimensions.ShouldBe(2);
        encoding.SentenceVector[0].ShouldBe(0.6f, 1e-6f);
        encoding.SentenceVector[1].ShouldBe(0.8f, 1e-6f);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_text_like_any_other()
    {
        using var encoder = new OnnxTextEncoder(ModelCatalog.Shipped[0]);

        (await encoder.EncodeAsync(["printer \ud83d broken"], TestContext.Current.CancellationToken))[0].TokenIds.Length.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void The_models_that_ship_pass()
    {
        foreach (var model in ModelCatalog.Shipped)
        {
            model.Verify();
        }
    }

    [Theory]
    [InlineData(ModelRole.CrossEncoder)]
    [InlineData(ModelRole.Tagger)]
    public void A_model_of_another_role_is_refused(ModelRole role)
    {
        var encoder = File.ReadAllBytes(Path.Combine(RepositoryPaths.Models, "encoder", "model.onnx"));

        Should.Throw<ModelException>(() => OnnxModelCheck.Check(encoder, ModelEntry.InFolder(_folder.Path, role))).Message.ShouldContain("has no output");
    }

    public void Dispose() => _folder.Dispose();

    private ModelEntry Write(byte[] model)
    {
        _folder.Write("vocab.txt", Vocabulary);
        File.WriteAllBytes(_folder["model.onnx"], model);
        return ModelEntry.InFolder(_folder.Path, ModelRole.Encoder);
    }
}
