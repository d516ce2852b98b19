using CopilotBot.Knowledge;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CopilotBot.Sources.Attachments;

/// <summary>Text of paragraphs of a DOCX, with links.</summary>
internal sealed class WordText(TextLimit limit, MainDocumentPart part)
{
    private readonly Dictionary<string, string> _targets = part.HyperlinkRelationships.ToDictionary(link => link.Id, link => link.Uri.OriginalString, StringComparer.Ordinal);

    public InlineText Of(Paragraph paragraph)
    {
        var text = new InlineText();
        AddTo(text, paragraph);
        return text;
    }

    public void AddTo(InlineText text, OpenXmlElement element)
    {
        foreach (var child in element.ChildElements)
        {
            switch (child)
            {
                case Text words:
                    text.Add(limit.Fit(words.Text, text.Length));
                    break;
                case TabChar:
                    text.Add(" ");
                    break;
                case Break or CarriageReturn:
                    text.Break();
                    break;
                case NoBreakHyphen:
                    text.Add("-");
                    break;
                case Hyperlink { Id.Value: { } id } link when _targets.TryGetValue(id, out var target):
                    text.Link(target, () => AddTo(text, link));
                    break;

                // A picture's alternative repeats the text boxes of the picture.
                case DeletedRun or MoveFromRun or DocumentFormat.OpenXml.AlternateContentFallback:
                case Run { RunProperties.Vanish: { } vanish } when vanish.Val?.Value != false:
                    break;
                default:
                    AddTo(text, child);
                    break;
            }
        }
    }
}
