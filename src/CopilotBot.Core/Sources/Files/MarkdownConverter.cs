using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownRow = Markdig.Extensions.Tables.TableRow;

namespace CopilotBot.Sources.Files;

/// <summary>Markdown (CommonMark with pipe tables, task lists and front matter) to structured text.</summary>
public static partial class MarkdownConverter
{
    private const int MaximumDepth = 64;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseTaskLists().UseYamlFrontMatter().UseAutoLinks().UseEmphasisExtras().Build();

    public static StructuredText Convert(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var builder = new StructuredTextBuilder();
        Write(builder, markdown);
        return builder.Build();
    }

    internal static void Write(StructuredTextBuilder builder, string markdown) =>
        WriteBlocks(builder, Markdown.Parse(TemplateTag().Replace(TemplateComment().Replace(markdown, ""), TagText), Pipeline), 0);

    /// <summary>Text of the first heading, for a document that has no title of its own; null without headings.</summary>
    public static string? TitleOf(StructuredText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Blocks.OfType<TextBlock.Heading>().FirstOrDefault()?.Span.Of(text.Text);
    }

    private static void WriteBlocks(StructuredTextBuilder builder, ContainerBlock container, int depth)
    {
        if (depth > MaximumDepth)
        {
            return;
        }

        foreach (var block in container)
        {
            switch (block)
            {
                case Markdig.Extensions.Yaml.YamlFrontMatterBlock or LinkReferenceDefinitionGroup or ThematicBreakBlock:
                    break;
                case HeadingBlock heading:
                    var text = Inlines(heading.Inline);
                    builder.Heading(heading.Level, text, Anchor(text));
                    break;
                case ParagraphBlock paragraph:
                    builder.Paragraph(Inlines(paragraph.Inline));
                    break;
                case ListBlock list:
                    WriteList(builder, list, depth);
                    break;
                case Table table:
                    WriteTable(builder, table);
                    break;
                case FencedCodeBlock fenced:
                    builder.Code(fenced.Lines.ToString(), fenced.Info ?? "");
                    break;
                case CodeBlock code:
                    builder.Code(code.Lines.ToString(), "");
                    break;
                case HtmlBlock html:
                    builder.Paragraph(new InlineText(HtmlText(html.Lines.ToString())));
                    break;
                case QuoteBlock quote:
                    builder.Callout("quote", null, () => WriteBlocks(builder, quote, depth + 1));
                    break;
                case ContainerBlock inner:
                    WriteBlocks(builder, inner, depth + 1);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>A list with its nested lists as one block; code, tables and quotes inside an item follow the items so far.</summary>
    private static void WriteList(StructuredTextBuilder builder, ListBlock list, int depth)
    {
        var items = new List<(int, string, InlineText)>();
        Collect(list, 0);
        Flush();

        void Collect(ListBlock current, int level)
        {
            var number = int.TryParse(current.OrderedStart, out var start) ? start : 1;
            foreach (var item in current.OfType<ListItemBlock>())
            {
                var marker = current.IsOrdered ? $"{number++}." : "-";
                var isFirst = true;
                foreach (var block in item.ToList())
                {
                    switch (block)
                    {
                        case ParagraphBlock paragraph:
                            var task = paragraph.Inline?.FirstChild as TaskList;
                            items.Add((level + (isFirst ? 0 : 1), task is null ? isFirst ? marker : "" : task.Checked ? "[x]" : "[ ]", Inlines(paragraph.Inline)));
                            isFirst = false;
                            break;
                        case ListBlock nested when level < MaximumDepth:
                            Collect(nested, level + 1);
                            break;
                        case ContainerBlock or LeafBlock:
                            Flush();
                            WriteBlocks(builder, Wrap(item, block), depth + 1);
                            break;
                    }
                }
            }
        }

        void Flush()
        {
            builder.List(items);
            items = [];
        }
    }

    /// <summary>A container that shows one child only.</summary>
    private static MarkdownDocument Wrap(ListItemBlock parent, Block block)
    {
        parent.Remove(block);
        return [block];
    }

    private static void WriteTable(StructuredTextBuilder builder, Table table)
    {
        var rows = table.OfType<MarkdownRow>().ToList();
        var header = rows.FirstOrDefault(row => row.IsHeader);
        builder.Table(header is null ? null : Cells(header), [.. rows.Where(row => row != header).Select(Cells)]);

        IReadOnlyList<InlineText> Cells(MarkdownRow row) => [.. row.OfType<TableCell>().Select(Cell)];

        InlineText Cell(TableCell cell)
        {
            var text = new InlineText();
            foreach (var paragraph in cell.Descendants<ParagraphBlock>())
            {
                text.Add(" ");
                AddInlines(text, paragraph.Inline, 0);
            }

            return text;
        }
    }

    private static InlineText Inlines(ContainerInline? inlines)
    {
        var text = new InlineText();
        AddInlines(text, inlines, 0);
        return text;
    }

    private static void AddInlines(InlineText text, ContainerInline? inlines, int depth)
    {
        if (inlines is null || depth > MaximumDepth)
        {
            return;
        }

        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Add(literal.Content.ToString());
                    break;
                case CodeInline code:
                    text.Add(code.Content);
                    break;
                case LineBreakInline { IsHard: true }:
                    text.Break();
                    break;
                case LineBreakInline:
                    text.Add(" ");
                    break;
                case LinkInline link:
                    text.Link(link.IsImage ? "" : link.Url ?? "", () => AddInlines(text, link, depth + 1));
                    break;
                case AutolinkInline auto:
                    text.Link(auto.Url, () => text.Add(auto.Url));
                    break;
                case HtmlEntityInline entity:
                    text.Add(entity.Transcoded.ToString());
                    break;
                case HtmlInline html when html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase):
                    text.Break();
                    break;
                case HtmlInline or TaskList:
                    break;
                case ContainerInline container:
                    AddInlines(text, container, depth + 1);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>GitHub's form: lower case, punctuation dropped, spaces to hyphens.</summary>
    private static string Anchor(InlineText heading)
    {
        var builder = new StructuredTextBuilder();
        builder.Paragraph(heading);
        var anchor = new StringBuilder();
        foreach (var c in builder.Build().Text)
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
            {
                anchor.Append(char.ToLowerInvariant(c));
            }
            else if (c == ' ')
            {
                anchor.Append('-');
            }
        }

        return anchor.ToString();
    }

    /// <summary>Template tags of site generators keep the words that they quote: <c>{% slack_channel "help" %}</c> reads "#help"-like text as "help".</summary>
    private static string TagText(Match tag) => SilentTag().IsMatch(tag.Value) ? "" : string.Join(' ', Quoted().Matches(tag.Value).Select(quoted => quoted.Groups[1].Success ? quoted.Groups[1].Value : quoted.Groups[2].Value));

    private static string HtmlText(string html) => System.Net.WebUtility.HtmlDecode(HtmlTag().Replace(html, " "));

    [GeneratedRegex(@"\{%.*?%\}|\{\{.*?\}\}|\{:.*?\}", RegexOptions.Singleline)]
    private static partial Regex TemplateTag();

    [GeneratedRegex(@"^\{%-?\s*include\b|^\{:")]
    private static partial Regex SilentTag();

    [GeneratedRegex(@"\{%-?\s*comment\b.*?endcomment\s*-?%\}|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex TemplateComment();

    [GeneratedRegex("\"([^\"]*)\"|'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex HtmlTag();
}
