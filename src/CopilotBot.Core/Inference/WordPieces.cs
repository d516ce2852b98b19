using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace CopilotBot.Inference;

/// <summary>WordPiece tokenizer of a BERT-type model. Thread-safe.</summary>
internal sealed partial class WordPieces
{
    public const int ClassifyId = 101;

    public const int SeparateId = 102;

    private readonly BertTokenizer _tokenizer;

    private WordPieces(BertTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <exception cref="ModelException">vocab.txt is missing or not a BERT vocabulary.</exception>
    public static WordPieces Load(string folder)
    {
        var path = Path.Combine(folder, "vocab.txt");
        try
        {
            return new WordPieces(BertTokenizer.Create(path, new BertOptions { LowerCaseBeforeTokenization = true, RemoveNonSpacingMarks = true }));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new ModelException($"The vocabulary '{path}' cannot be read ({exception.GetType().Name}): restore the model folder or run 'models pull'.", exception);
        }
    }

    /// <summary>Ids without CLS and SEP. BertTokenizer deletes line feeds and tabs, so white space is collapsed to single spaces first.</summary>
    public IReadOnlyList<int> Encode(string text) => _tokenizer.EncodeToIds(WhiteSpace().Replace(text, " "), addSpecialTokens: false);

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
