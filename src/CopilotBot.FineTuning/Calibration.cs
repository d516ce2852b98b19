using System.Numerics.Tensors;

namespace CopilotBot.FineTuning;

/// <summary>Temperature scaling (Guo et al. 2017): the number that logits are divided by so that the right intents are most likely on messages not trained on.</summary>
internal static class Calibration
{
    /// <param name="right">Place of each message's intent; negative for one that training did not have.</param>
    public static double Temperature(IReadOnlyList<float[]> logits, IReadOnlyList<int> right)
    {
        var known = Enumerable.Range(0, logits.Count).Where(i => right[i] >= 0).ToList();
        return Enumerable.Range(-60, 121).Select(step => Math.Pow(1.05, step)).MinBy(temperature => known.Sum(i => Loss(logits[i], right[i], (float)temperature)));
    }

    private static double Loss(float[] logits, int right, float temperature)
    {
        var scaled = new float[logits.Length];
        TensorPrimitives.Divide(logits, temperature, scaled);
        var largest = TensorPrimitives.Max<float>(scaled);
        return largest + Math.Log(scaled.Sum(logit => Math.Exp(logit - largest))) - scaled[right];
    }
}
