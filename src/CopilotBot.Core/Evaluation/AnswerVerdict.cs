namespace CopilotBot.Evaluation;

/// <summary>What became of a question: right, or the first thing on its way that went wrong.</summary>
public enum AnswerVerdict
{
    /// <summary>All must-have words in the text, and a right page among the citations.</summary>
    RightAndCited,

    /// <summary>No right page is among those that retrieval handed over.</summary>
    PageNotRetrieved,

    /// <summary>A right page is, but the must-have words do not all stand in the chunks.</summary>
    WordsNotInChunks,

    /// <summary>The words are there, and nothing was answered.</summary>
    Abstained,

    /// <summary>Answered, but with other words of the chunks.</summary>
    WordsNotChosen,

    /// <summary>Answered with the words, but from another page.</summary>
    CitedWrongPage,

    /// <summary>Nothing answers it, and nothing was answered.</summary>
    RightlyAbstained,

    /// <summary>Nothing answers it, and something was.</summary>
    AnsweredUnanswerable,

    /// <summary>Refused, or a fault.</summary>
    NotRun,
}
