using System.Globalization;
using CopilotBot.Answering;
using CopilotBot.Evaluation;
using CopilotBot.Retrieval;

namespace CopilotBot.Commands;

/// <summary>One question of a set from its words to its verdict, for people who want to know why.</summary>
internal static class AnswerExplanation
{
    private const int PreviewLength = 160;

    public static string Describe(AskedQuestion asked) => string.Join('\n', [.. Lines(asked)]);

    private static IEnumerable<string> Lines(AskedQuestion asked)
    {
        var question = asked.Question;
        yield return $"question    {question.Id}: {question.Question}";
        yield return $"kind        {question.Kind ?? "none given"}";
        yield return $"pages       {(question.DocId is null ? "none: it has no answer" : string.Join(", ", AnswerScoring.NativeIds(question)))}";
        yield return $"must have   {string.Join(", ", (question.MustHave ?? []).Select(word => $"\"{word}\""))}";
        yield return "";
        yield return "retrieved: rank and score by stage; * marks a right page";
        foreach (var passage in asked.Result.Grounding?.Passages ?? [])
        {
            yield return Describe(passage, asked);
        }

        yield return "";
        yield return $"confidence  {(asked.Score.Confidence is { } confidence ? $"{Number(confidence)} against a threshold of {Number(ExtractorModel.Default.Threshold)}" : "none: this model gives none")}";
        yield return $"answer      {asked.Result.Answer.Outcome}";
        yield return Indent(asked.Result.Answer.Text);
        foreach (var citation in asked.Result.Answer.Citations)
        {
            yield return $"    [{citation.Number}] {citation.DocumentId}{(asked.RightPages.Contains(citation.DocumentId) ? " *" : "")}";
        }

        if (asked.Regardless != asked.Result.Answer)
        {
            yield return $"held back   {(asked.Score.Regardless.RightAndCited ? "right and cited" : question.DocId is null ? "nothing answers it" : "not right")}";
            yield return Indent(asked.Regardless.Text);
        }

        yield return "";
        yield return $"verdict     {Verdict(asked)}";
    }

    private static string Describe(Passage passage, AskedQuestion asked)
    {
        var candidate = passage.Candidate;
        var chunk = candidate.Indexed.Chunk;
        var held = (asked.Question.MustHave ?? []).Where(word => AnswerEvaluator.Holds(chunk.Text, [word])).Select(word => $"\"{word}\"").ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(asked.RightPages.Contains(chunk.DocumentId) ? "*" : " ")}{passage.Number,2}  {chunk.Id}{(held.Count > 0 ? $"  holds {string.Join(", ", held)}" : "")}\n     {Preview(chunk.EncoderInput)}\n     {Stages(candidate, passage.Number)}");
    }

    private static string Preview(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= PreviewLength ? line : $"{line[..PreviewLength].TrimEnd()} ...";
    }

    private static string Stages(Candidate candidate, int rank) => string.Join("   ",
    [
        $"bm25 {Rank(candidate.LexicalRank)} {Number(candidate.Lexical)}",
        $"dense {Rank(candidate.DenseRank)} {Number(candidate.Cosine)}",
        $"fused {Rank(candidate.FusedRank)} {Number(candidate.Fused)}",
        .. candidate.LateRank is null ? Array.Empty<string>() : [$"late {Rank(candidate.LateRank)} {Number(candidate.Late)}"],
        .. candidate.ReachedFrom is { } from ? [$"second hop from {from}"] : Array.Empty<string>(),
        .. candidate.Relevance is { } relevance ? [$"cross-encoder {Number(relevance)}"] : Array.Empty<string>(),
        $"final {Rank(rank)} {Number(candidate.Score)}",
    ]);

    private static string Verdict(AskedQuestion asked) => asked.Score.Verdict switch
    {
        AnswerVerdict.RightAndCited => "right: it holds all the words and cites a right page",
        AnswerVerdict.PageNotRetrieved => "page not retrieved: no right page is among the passages",
        AnswerVerdict.WordsNotInChunks => $"words not in the chunks: the right page is number {asked.Score.PageRank}, but the passages do not hold {Missing(asked, ChunkText(asked))}",
        AnswerVerdict.Abstained => $"abstained: the words are in the passages, {(asked.Score.Regardless.RightAndCited ? "and without the threshold the answer would have been right" : "but without the threshold the answer would have been wrong too")}",
        AnswerVerdict.WordsNotChosen => $"words not chosen: the passages hold them, the answer lacks {Missing(asked, asked.Result.Answer.Text)}",
        AnswerVerdict.CitedWrongPage => "cited wrong page: the words are right, but no right page is among the citations",
        AnswerVerdict.RightlyAbstained => "right: nothing answers it, and nothing was answered",
        AnswerVerdict.AnsweredUnanswerable => "wrong: nothing answers it, and it was answered",
        AnswerVerdict.NotRun => "not run: it was refused, or something failed",
        _ => throw new InvalidOperationException($"The verdict {asked.Score.Verdict} has no words."),
    };

    private static string ChunkText(AskedQuestion asked) => string.Join(' ', (asked.Result.Grounding?.Passages ?? []).Select(passage => passage.Candidate.Indexed.Chunk.Text));

    private static string Missing(AskedQuestion asked, string text) =>
        string.Join(", ", (asked.Question.MustHave ?? []).Where(word => !AnswerEvaluator.Holds(text, [word])).Select(word => $"\"{word}\""));

    private static string Rank(int? rank) => rank is { } place ? $"#{place}" : "-";

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => $"    {line}"));
}
