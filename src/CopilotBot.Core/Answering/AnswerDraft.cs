using System.Text.RegularExpressions;
using CopilotBot.Conversations;

namespace CopilotBot.Answering;

/// <summary>Reads what a model has written so far and passes on the sentences that are complete and hold: what is streamed is a checked sentence, never a token.</summary>
internal sealed partial class AnswerDraft(TurnId turn, GroundingRequest request, IProgress<AnswerProgress> progress) : IProgress<string>
{
    /// <summary>Sentences of the lines that are complete: lines are checked one by one, so these stay what they are.</summary>
    private readonly List<VerifiedSentence> _checked = [];

    private string _shown = "";

    private int _read;

    private int _lines;

    public void Report(string value)
    {
        var complete = Math.Max(value.LastIndexOf('\n'), SentenceEnds().Matches(value).LastOrDefault()?.Index ?? -1) + 1;
        if (complete <= _read)
        {
            return;
        }

        _read = complete;
        var lines = value.LastIndexOf('\n', complete - 1) + 1;
        _checked.AddRange(CitationVerifier.Verify(value[_lines..lines], request.Passages));
        _lines = lines;
        IReadOnlyList<VerifiedSentence> verified = [.. _checked, .. CitationVerifier.Verify(value[lines..complete], request.Passages)];
        if (verified.Count == 0)
        {
            return;
        }

        // A sentence that turns out to be outdated moves: then the rest waits for the whole answer, because what was shown cannot be taken back.
        var answer = AnswerWriter.Write(turn, verified, request, isShared: false);
        if (answer.Text.Length > _shown.Length && answer.Text.StartsWith(_shown, StringComparison.Ordinal))
        {
            _shown = answer.Text;
            progress.Report(new AnswerProgress(request.Passages.Count, answer.Citations.Count, answer.Text));
        }
    }

    /// <summary>The last bracket of the markers after a sentence, once something else follows.</summary>
    [GeneratedRegex(@"\](?=\s+[^\s\[])")]
    private static partial Regex SentenceEnds();
}
