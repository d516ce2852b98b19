using Shouldly;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

public sealed class FusedAdamWTests
{
    [Fact]
    public void Steps_are_those_of_torch_with_clipped_gradients()
    {
        manual_seed(5);
        var (start, target) = (randn(37, 3), randn(37, 3));
        var (own, other) = (new Parameter(start.clone()), new Parameter(start.clone()));
        var fused = new FusedAdamW([new FusedAdamW.Group([own], 0.01, 0.1)], largestGradient: 1);
        using var optimizer = optim.AdamW(new[] { other }, lr: 0.005, weight_decay: 0.1);

        for (var step = 0; step < 20; step++)
        {
            (own - target).pow(2).sum().backward();
            fused.Step(factor: 0.5);

            optimizer.zero_grad();
            (other - target).pow(2).sum().backward();
            nn.utils.clip_grad_norm_([other], 1);
            optimizer.step();
        }

        (own - other).abs().max().item<float>().ShouldBeLessThan(1e-5f);
        (own - start).abs().max().item<float>().ShouldBeGreaterThan(0.01f);
    }
}
