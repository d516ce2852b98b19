using System.Buffers;

namespace CopilotBot.Indexing.Embedded;

/// <summary>A sum for each of some items, and which of them have one: clearing costs as much as there are, not as much as there could be.</summary>
internal sealed class Matches : IDisposable
{
    private readonly int[] _noted;
    private int _count;

    public Matches(int items)
    {
        Sums = ArrayPool<float>.Shared.Rent(Math.Max(1, items));
        _noted = ArrayPool<int>.Shared.Rent(Math.Max(1, items));
        Array.Clear(Sums);
    }

    /// <summary>By item; 0 for those that are not noted.</summary>
    public float[] Sums { get; }

    /// <summary>Items with a sum, in the order in which they got one.</summary>
    public ReadOnlySpan<int> Noted => _noted.AsSpan(0, _count);

    /// <summary>Adds an amount above 0.</summary>
    public void Add(int item, float amount)
    {
        if (amount > 0)
        {
            if (Sums[item] == 0)
            {
                _noted[_count++] = item;
            }

            Sums[item] += amount;
        }
    }

    public void Clear()
    {
        foreach (var item in Noted)
        {
            Sums[item] = 0;
        }

        _count = 0;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(Sums);
        ArrayPool<int>.Shared.Return(_noted);
    }
}
