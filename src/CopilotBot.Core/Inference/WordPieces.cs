using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace CopilotBot.Inference;

/// <summary>WordPiece tokenizer of a BERT-type model. Thread-safe.</summary>
internal sealed partial class WordPieces
{
    private readonly BertTokenizer _tokenizer;

    private WordPieces(BertTokenizer tokenizer) => _tokenizer = tokenizer;

    public int ClassifyId => _tokenizer.ClassificationTokenId;

    public int SeparateId => _tokenizer.SeparatorTokenId;

    public int UnknownId => _tokenizer.UnknownTokenId;

    /// <exception cref="ModelException">vocab.txt is missing or not a BERT vocabulary.</exception>
    public static WordPieces Load(ModelEntry model)
    {
        using var vocabulary = new MemoryStream(model.Read(ModelEntry.Vocabulary));
        try
        {
            return new WordPieces(BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = model.LowerCase, RemoveNonSpacingMarks = model.LowerCase }));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException)
        {
            throw new ModelException(
                $"The vocabulary '{model.PathOf(ModelEntry.Vocabulary)}' is not one of BERT word pieces with [PAD], [UNK], [CLS], [SEP] and [MASK]: restore the model folder or run 'models pull'.", exception);
        }
    }

    /// <summary>
    /// Ids without CLS and SEP. BertTokenizer deletes line feeds and tabs, so white space is collapsed to single spaces first; and it throws on half a
    /// surrogate pair, which is replaced.
    /// </summary>
    public IReadOnlyList<int> Encode(string text)
    {
        var wellFormed = text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;
        return _tokenizer.EncodeToIds(WhiteSpace().Replace(wellFormed, " "), addSpecialTokens: false);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
