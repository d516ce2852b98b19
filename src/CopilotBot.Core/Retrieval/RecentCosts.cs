namespace CopilotBot.Retrieval;

/// <summary>The last few measurements of one kind. Their median stands for all: a first question that loads the model, or a pause, does not move it.</summary>
internal sealed class RecentCosts
{
    private const int Kept = 15;
    private const int Needed = 5;

    private readonly Queue<double> _costs = new(Kept);

    /// <summary>0 until there are enough of them to say something.</summary>
    public double Median { get; private set; }

    public void Add(double cost)
    {
        if (_costs.Count == Kept)
        {
            _costs.Dequeue();
        }

        _costs.Enqueue(cost);
        Median = _costs.Count < Needed ? 0 : _costs.Order().ElementAt(_costs.Count / 2);
    }
}
