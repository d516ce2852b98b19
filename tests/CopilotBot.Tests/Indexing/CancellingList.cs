using System.Collections;
using CopilotBot.Indexing;

namespace CopilotBot.Tests.Indexing;

/// <summary>Documents that cancel their own batch when the last of them has been handed out.</summary>
internal sealed class CancellingList(CancellationTokenSource source, IReadOnlyList<IndexedDocument> documents) : IReadOnlyList<IndexedDocument>
{
    public int Count => documents.Count;

    public IndexedDocument this[int index] => documents[index];

    public IEnumerator<IndexedDocument> GetEnumerator()
    {
        foreach (var document in documents)
        {
            yield return document;
        }

        source.Cancel();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
