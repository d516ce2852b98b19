using CopilotBot.Retrieval;

namespace CopilotBot.Tests.Retrieval;

/// <summary>Depth against a machine that is made up: a search costs 10 ms before its candidates, 0.1 ms a candidate and 1 ms after, times the searches in flight.</summary>
public sealed class AdaptiveDepthTests
{
    private const int Full = 100;
    private const int Floor = 20;

    private readonly AdaptiveDepth _depth = new(new RetrievalOptions { Depth = Full, MinimumDepth = Floor });

    [Fact]
    public void Unloaded_is_full_depth()
    {
        Enter(1);

        Depth().ShouldBe(Full, "nothing is known yet");
        Learn(20, inFlight: 1);
        Depth().ShouldBe(Full);
        _depth.ForLate(TimeSpan.FromMilliseconds(300), 180).ShouldBe(180);
    }

    [Fact]
    public void A_first_search_that_loads_the_model_and_a_pause_change_nothing()
    {
        Enter(1);
        Learn(1, inFlight: 100);
        Depth().ShouldBe(Full);

        Learn(20, inFlight: 1);
        Learn(3, inFlight: 100);
        Depth().ShouldBe(Full);
    }

    [Fact]
    public void Overload_shrinks_to_what_fits_before_the_deadline()
    {
        Enter(1);
        Learn(20, inFlight: 1);
        Enter(11);

        var depth = Depth();

        depth.ShouldBeInRange(Floor, Full - 1);
        Cost(depth, inFlight: 12).ShouldBeLessThan(300);
        Cost(Full, inFlight: 12).ShouldBeGreaterThan(300);
    }

    [Fact]
    public void The_floor_stands_however_many_ask_and_however_late_it_is()
    {
        Enter(1000);
        Learn(20, inFlight: 1000);

        Depth().ShouldBe(Floor);
        _depth.ForSearches(TimeSpan.FromSeconds(-1)).ShouldBe(Floor);
        _depth.ForLate(TimeSpan.FromSeconds(-1), 180).ShouldBe(Floor);
        _depth.ForLate(TimeSpan.FromSeconds(-1), 7).ShouldBe(7, "there are no more");
    }

    [Fact]
    public void Depth_recovers_as_soon_as_the_others_are_done()
    {
        Enter(50);
        Learn(20, inFlight: 50);
        Depth().ShouldBe(Floor);

        for (var i = 0; i < 49; i++)
        {
            _depth.Leave();
        }

        Depth().ShouldBe(Full);
    }

    [Fact]
    public void A_slower_machine_is_learned_and_a_faster_one_again()
    {
        Enter(4);
        Learn(15, inFlight: 4);
        Depth().ShouldBe(Full);

        Learn(15, inFlight: 16);
        Depth().ShouldBeLessThan(Full);

        Learn(15, inFlight: 4);
        Depth().ShouldBe(Full);
    }

    [Fact]
    public void Late_interaction_reads_what_the_time_that_is_left_allows()
    {
        Enter(1);
        Learn(20, inFlight: 1);

        _depth.ForLate(TimeSpan.FromMilliseconds(14), 180).ShouldBeInRange(Floor, 102);
        _depth.ForLate(TimeSpan.FromMilliseconds(10), 180).ShouldBeLessThan(_depth.ForLate(TimeSpan.FromMilliseconds(14), 180));
    }

    [Fact]
    public void A_minimum_above_the_depth_means_that_depth_never_shrinks()
    {
        var depth = new AdaptiveDepth(new RetrievalOptions { Depth = 10, MinimumDepth = 500 });

        depth.ForSearches(TimeSpan.FromSeconds(-1)).ShouldBe(10);
    }

    private static double Cost(int depth, int inFlight) => inFlight * (10 + 1 + (2 * depth * 0.1));

    private int Depth() => _depth.ForSearches(TimeSpan.FromMilliseconds(300));

    private void Enter(int searches)
    {
        for (var i = 0; i < searches; i++)
        {
            _depth.Enter();
        }
    }

    /// <summary>Searches over 100 candidates that took as long as with so many in flight.</summary>
    private void Learn(int searches, int inFlight)
    {
        for (var i = 0; i < searches; i++)
        {
            _depth.Learn(new Dictionary<string, double> { ["encode"] = 8 * inFlight, ["dense"] = 2 * inFlight, ["fuse"] = inFlight, ["late"] = 9 * inFlight, ["deduplicate"] = inFlight }, 100);
        }
    }
}
