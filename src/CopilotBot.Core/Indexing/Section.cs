using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>The blocks between two headings.</summary>
internal sealed class Section(IReadOnlyList<string> headingPath, string anchor)
{
    private readonly List<TextBlock> _blocks = [];

    public IReadOnlyList<string> HeadingPath { get; } = headingPath;

    public string Anchor { get; } = anchor;

    /// <summary>Sections with at least one block, in text order. A first heading that repeats the title is not part of the path.</summary>
    public static IEnumerable<Section> Of(Document document)
    {
        var stack = new Stack<TextBlock.Heading>();
        var section = new Section([], "");
        foreach (var block in document.Body.Blocks)
        {
            if (block is not TextBlock.Heading heading)
            {
                section._blocks.Add(block);
                continue;
            }

            if (section._blocks.Count > 0)
            {
                yield return section;
            }

            while (stack.Count > 0 && stack.Peek().Level >= heading.Level)
            {
                stack.Pop();
            }

            stack.Push(heading);
            var path = stack.Reverse().Select(above => above.Span.Of(document.Body.Text)).ToList();
            if (path.Count > 0 && string.Equals(path[0], document.Title, StringComparison.OrdinalIgnoreCase))
            {
                path.RemoveAt(0);
            }

            section = new Section(path, heading.Anchor);
        }

        if (section._blocks.Count > 0)
        {
            yield return section;
        }
    }

    /// <summary>The section as units of at most <paramref name="maximumTokens"/>, longer ones cut at white space.</summary>
    public IReadOnlyList<Piece> Pieces(string text, Func<string, int> countTokens, int maximumTokens)
    {
        var pieces = new List<Piece>();
        foreach (var block in _blocks)
        {
            Add(block);
        }

        return pieces;

        void Add(TextBlock block)
        {
            switch (block)
            {
                case TextBlock.Heading heading:
                    AddSentences(heading.Span);
                    break;
                case TextBlock.Paragraph paragraph:
                    AddSentences(paragraph.Span);
                    break;
                case TextBlock.ListBlock list:
                    AddList(list);
                    break;
                case TextBlock.Table table:
                    AddTable(table);
                    break;
                case TextBlock.Code code:
                    AddPiece(UnitKind.Code, code.Span, pieces.Count > 0 && pieces[^1].Kind == UnitKind.Sentence ? pieces.Count - 1 : -1);
                    break;
                case TextBlock.Callout callout:
                    if (callout.Title is { } title)
                    {
                        AddPiece(UnitKind.Sentence, title, -1);
                    }

                    foreach (var inner in callout.Blocks)
                    {
                        Add(inner);
                    }

                    break;
                default:
                    throw new InvalidOperationException($"Unknown block {block.GetType().Name}.");
            }
        }

        void AddSentences(TextSpan range)
        {
            foreach (var sentence in SentenceSplitter.Split(text, range))
            {
                AddPiece(UnitKind.Sentence, sentence, -1);
            }
        }

        void AddList(TextBlock.ListBlock list)
        {
            // The sentence right before a list introduces it; an item introduces the items nested in it.
            var leadIns = new Stack<(int Depth, int Piece)>();
            var introduction = pieces.Count > 0 && pieces[^1].Kind == UnitKind.Sentence ? pieces.Count - 1 : -1;
            foreach (var item in list.Items)
            {
                while (leadIns.Count > 0 && leadIns.Peek().Depth >= item.Depth)
                {
                    leadIns.Pop();
                }

                var leadIn = leadIns.Count > 0 ? leadIns.Peek().Piece : introduction;
                var index = pieces.Count;
                AddPiece(UnitKind.ListItem, item.Span, leadIn);
                leadIns.Push((item.Depth, index));
            }
        }

        void AddTable(TextBlock.Table table)
        {
            var header = -1;
            if (table.Header is { } headerRow)
            {
                header = pieces.Count;
                AddPiece(UnitKind.TableHeader, headerRow.Span, -1);
            }

            foreach (var row in table.Rows)
            {
                AddPiece(UnitKind.TableRow, row.Span, header);
            }
        }

        void AddPiece(UnitKind kind, TextSpan span, int leadIn)
        {
            foreach (var part in Cut(span))
            {
                pieces.Add(new Piece(kind, part, countTokens(part.Of(text)), leadIn));
            }
        }

        IEnumerable<TextSpan> Cut(TextSpan span)
        {
            var tokens = countTokens(span.Of(text));
            if (tokens == 0)
            {
                yield break;
            }

            if (tokens <= maximumTokens)
            {
                yield return span;
                yield break;
            }

            var middle = MiddleOf(span);
            foreach (var half in new[] { new TextSpan(span.Start, middle - span.Start), new TextSpan(middle, span.End - middle) })
            {
                foreach (var part in Cut(Trim(half)))
                {
                    yield return part;
                }
            }
        }

        // The line feed, else the white space, else the character nearest to the middle.
        int MiddleOf(TextSpan span)
        {
            var middle = span.Start + (span.Length / 2);
            foreach (var mark in (Predicate<char>[])[c => c == '\n', char.IsWhiteSpace])
            {
                for (var distance = 0; distance < span.Length / 4; distance++)
                {
                    if (mark(text[middle - distance]))
                    {
                        return middle - distance;
                    }

                    if (mark(text[middle + distance]))
                    {
                        return middle + distance;
                    }
                }
            }

            return char.IsLowSurrogate(text[middle]) ? middle - 1 : middle;
        }

        TextSpan Trim(TextSpan span)
        {
            var (start, end) = (span.Start, span.End);
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            return new TextSpan(start, end - start);
        }
    }
}
