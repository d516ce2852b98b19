using System.Collections.Concurrent;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>What sources have said of late on who may read what. Only clear answers are kept.</summary>
internal sealed class RecheckAnswers(TimeSpan keepFor, TimeProvider time)
{
    private const int MaximumKept = 50_000;

    private readonly ConcurrentDictionary<(string Account, DocumentId Document), (bool MayRead, DateTimeOffset Until)> _kept = new();

    public bool? Find(string account, DocumentId document) =>
        _kept.TryGetValue((account, document), out var kept) && kept.Until > time.GetUtcNow() ? kept.MayRead : null;

    public void Keep(string account, DocumentId document, bool mayRead)
    {
        if (_kept.Count >= MaximumKept)
        {
            _kept.Clear();
        }

        _kept[(account, document)] = (mayRead, time.GetUtcNow() + keepFor);
    }
}
