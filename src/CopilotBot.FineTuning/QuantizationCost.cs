using System.Globalization;
using System.Numerics.Tensors;

namespace CopilotBot.FineTuning;

/// <summary>Absolute differences between the float32 network and its int8 file over the same messages.</summary>
/// <param name="States">Of token states.</param>
/// <param name="IntentLogits">Of the heads' intent logits.</param>
/// <param name="TagLogits">Of the heads' tag logits.</param>
/// <param name="MeanState">Mean absolute value of a state, to compare with.</param>
internal sealed record QuantizationCost(Difference States, Difference IntentLogits, Difference TagLogits, double MeanState)
{
    public static QuantizationCost Of(Reading trained, Reading written) => new(
        Difference.Of(trained.States, written.States),
        Difference.Of(trained.IntentLogits, written.IntentLogits),
        Difference.Of(trained.Emissions.SelectMany(words => words), written.Emissions.SelectMany(words => words)),
        trained.States.Sum(states => (double)TensorPrimitives.SumOfMagnitudes<float>(states)) / trained.States.Sum(states => states.Length));

    public string Describe(Scores trained, Scores written, string split) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {split}, {trained.Messages} messages: intent accuracy, slot F1, all right
          float32  {trained.IntentAccuracy:p2}  {trained.SlotF1:p2}  {trained.Exact:p2}
          int8     {written.IntentAccuracy:p2}  {written.SlotF1:p2}  {written.Exact:p2}
        int8 differs by (largest, mean): states {States}, intent logits {IntentLogits}, tag logits {TagLogits}; the mean size of a state is {MeanState:f3}
        """);
}

internal sealed record Difference(double Largest, double Mean)
{
    public static Difference Of(IEnumerable<float[]> trained, IEnumerable<float[]> written)
    {
        var (largest, sum, count) = (0d, 0d, 0);
        foreach (var (first, second) in trained.Zip(written))
        {
            for (var i = 0; i < first.Length; i++)
            {
                var difference = Math.Abs((double)first[i] - second[i]);
                largest = Math.Max(largest, difference);
                sum += difference;
            }

            count += first.Length;
        }

        return new Difference(largest, count == 0 ? 0 : sum / count);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Largest:f3}, {Mean:f4}");
}
