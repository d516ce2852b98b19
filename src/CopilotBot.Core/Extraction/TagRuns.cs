using CopilotBot.Knowledge;

namespace CopilotBot.Extraction;

/// <summary>BIO tags as spans. As conlleval reads them: an I-x that does not go on begins a span too.</summary>
public static class TagRuns
{
    public static IReadOnlyList<(string Slot, TextSpan Span)> Of(IReadOnlyList<string> tags, IReadOnlyList<TextSpan> words)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(words);
        List<(string Slot, TextSpan Span)> runs = [];
        var open = "";
        for (var word = 0; word < tags.Count; word++)
        {
            var slot = tags[word] == "O" ? "" : tags[word][2..];
            if (slot.Length > 0 && slot == open && tags[word][0] == 'I')
            {
                runs[^1] = (slot, new TextSpan(runs[^1].Span.Start, words[word].End - runs[^1].Span.Start));
            }
            else if (slot.Length > 0)
            {
                runs.Add((slot, words[word]));
            }

            open = slot;
        }

        return runs;
    }
}
