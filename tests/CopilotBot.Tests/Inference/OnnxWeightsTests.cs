using CopilotBot.Inference;
using CopilotBot.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Tests.Inference;

public sealed class OnnxWeightsTests
{
    private const string Matrix = "Attention_0_qkv_weight";

    private static readonly byte[] Tagger = File.ReadAllBytes(Path.Combine(RepositoryPaths.Models, "tagger", "model.onnx"));

    [Fact]
    public void A_float_weight_is_read_and_written_in_its_place()
    {
        var weights = OnnxWeights.Read(new TinyModel { Table = [[1, 2, 3], [4, 5, 6]] }.Build());
        weights.Get("table").ShouldBe([1, 2, 3, 4, 5, 6]);
        weights.ShapeOf("table").ShouldBe([2, 3]);

        weights.Set("table", [6, 5, 4, 3, 2, 1]);

        weights.Write().ShouldBe(new TinyModel { Table = [[6, 5, 4], [3, 2, 1]] }.Build());
    }

    [Fact]
    public void An_int8_weight_is_written_with_new_scales_and_nothing_else_of_the_file_changes()
    {
        var weights = OnnxWeights.Read(Tagger);
        float[] values = [.. weights.Get(Matrix).Select((value, i) => value + (0.001f * (i % 3)))];

        weights.Set(Matrix, values);

        var written = weights.Write();
        var changed = Tagger.Zip(written).Count(pair => pair.First != pair.Second);
        written.Length.ShouldBe(Tagger.Length);
        changed.ShouldBeGreaterThan(1000);
        changed.ShouldBeLessThanOrEqualTo(values.Length + (4 * weights.ShapeOf(Matrix)[1]));
        var back = OnnxWeights.Read(written).Get(Matrix);
        Enumerable.Range(0, values.Length).Max(i => Math.Abs(back[i] - values[i])).ShouldBeLessThan(0.01f);
    }

    [Fact]
    public void Weights_written_unchanged_give_the_outputs_that_they_gave()
    {
        var weights = OnnxWeights.Read(Tagger);
        foreach (var node in new[] { "Attention_0_quant", "/b/encoder/layer.5/intermediate/dense/MatMul_quant", "/b/encoder/layer.5/output/dense/MatMul_quant" })
        {
            weights.Set(weights.WeightOf(node), weights.Get(weights.WeightOf(node)));
        }

        var (before, after) = (Run(Tagger), Run(weights.Write()));

        before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(0.05f);
        before.Zip(after).Average(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(0.005f);
    }

    [Fact]
    public void Tables_with_one_scale_are_read_but_not_written()
    {
        var weights = OnnxWeights.Read(Tagger);
        var table = weights.Get("b.embeddings.position_embeddings.weight");

        table.Length.ShouldBe(512 * 384);
        table.Max(Math.Abs).ShouldBeInRange(0.01f, 10);
        Should.Throw<ModelException>(() => weights.Set("b.embeddings.position_embeddings.weight", table)).Message.ShouldContain("leave it frozen");
    }

    [Fact]
    public void What_is_not_there_or_has_another_size_is_said()
    {
        var weights = OnnxWeights.Read(Tagger);

        Should.Throw<ModelException>(() => weights.Get("nothing")).Message.ShouldContain("no weight 'nothing'");
        Should.Throw<ModelException>(() => weights.WeightOf("nothing")).Message.ShouldContain("no node 'nothing'");
        Should.Throw<ModelException>(() => weights.Set("i.bias", [1])).Message.ShouldContain("has 9 values and not 1");
        Should.Throw<ModelException>(() => OnnxWeights.Read("no model"u8.ToArray())).Message.ShouldContain("not an ONNX model");
    }

    private static float[] Run(byte[] model)
    {
        using var session = new InferenceSession(model);
        using var input = new TokenBatch([[101, 7632, 2088, 999, 102]]);
        using var options = new RunOptions();
        using var results = session.Run(options, input.Inputs, ["token_states"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
