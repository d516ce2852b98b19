using System.Text;

namespace CopilotBot.Knowledge;

/// <summary>
/// Writes a <see cref="StructuredText"/>: spans are right by construction, because a block is what lies between the text's length before and after it.
/// White space is collapsed outside code; blocks without text are dropped; anchors are made unique.
/// </summary>
public sealed class StructuredTextBuilder
{
    private readonly StringBuilder _text = new();

    private readonly List<TextLink> _links = [];

    private readonly HashSet<string> _anchors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Blocks of the open callouts, innermost on top; the bottom is the document's own list.</summary>
    private readonly Stack<List<TextBlock>> _open = new([[]]);

    /// <summary>Characters written so far.</summary>
    public int Length => _text.Length;

    public StructuredText Build() => new(_text.ToString(), [.. _open.Last()], [.. _links]);

    public void Heading(int level, InlineText text, string anchor)
    {
        if (Line(text) is { } span)
        {
            _open.Peek().Add(new TextBlock.Heading(span, Math.Clamp(level, 1, 6), Unique(anchor)));
        }
    }

    public void Paragraph(InlineText text)
    {
        if (Line(text) is { } span)
        {
            _open.Peek().Add(new TextBlock.Paragraph(span));
        }
    }

    /// <summary>A list, nested items in order.</summary>
    public void List(IReadOnlyList<(int Depth, string Marker, InlineText Text)> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var written = new List<ListItem>();
        foreach (var (depth, marker, text) in items)
        {
            if (Line(text) is { } span)
            {
                written.Add(new ListItem(span, depth, marker));
            }
        }

        if (written.Count > 0)
        {
            _open.Peek().Add(new TextBlock.ListBlock(Around(written[0].Span, written[^1].Span), written));
        }
    }

    /// <summary>A table; <paramref name="header"/> is null when there is none.</summary>
    public void Table(IReadOnlyList<InlineText>? header, IReadOnlyList<IReadOnlyList<InlineText>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var headerRow = header is null ? null : Row(header);
        var written = rows.Select(Row).OfType<TableRow>().ToList();
        if (headerRow is not null || written.Count > 0)
        {
            var first = headerRow ?? written[0];
            var last = written.Count > 0 ? written[^1] : first;
            _open.Peek().Add(new TextBlock.Table(Around(first.Span, last.Span), headerRow, written));
        }
    }

    /// <summary>Code, kept line by line.</summary>
    public void Code(string code, string language)
    {
        ArgumentNullException.ThrowIfNull(code);
        var trimmed = code.ReplaceLineEndings("\n").Trim('\n').TrimEnd();
        if (trimmed.Length > 0)
        {
            Break();
            var start = _text.Length;
            _text.Append(trimmed);
            _open.Peek().Add(new TextBlock.Code(new TextSpan(start, trimmed.Length), language));
        }
    }

    /// <summary>A callout with what <paramref name="content"/> writes inside it.</summary>
    public void Callout(string kind, InlineText? title, Action content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var titleSpan = title is null ? null : Line(title);
        var inner = new List<TextBlock>();
        _open.Push(inner);
        content();
        _open.Pop();
        if (titleSpan is { } first)
        {
            _open.Peek().Add(new TextBlock.Callout(inner.Count == 0 ? first : Around(first, inner[^1].Span), kind, titleSpan, inner));
        }
        else if (inner.Count > 0)
        {
            _open.Peek().Add(new TextBlock.Callout(Around(inner[0].Span, inner[^1].Span), kind, null, inner));
        }
    }

    private static TextSpan Around(TextSpan first, TextSpan last) => new(first.Start, last.End - first.Start);

    private TableRow? Row(IReadOnlyList<InlineText> cells)
    {
        if (cells.All(cell => cell.IsEmpty))
        {
            return null;
        }

        Break();
        var start = _text.Length;
        var spans = new List<TextSpan>();
        for (var i = 0; i < cells.Count; i++)
        {
            _text.Append(i == 0 ? "" : " | ");
            spans.Add(Append(cells[i], " "));
        }

        return new TableRow(new TextSpan(start, _text.Length - start), spans);
    }

    private TextSpan? Line(InlineText text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        Break();
        return Append(text, "\n");
    }

    private TextSpan Append(InlineText inline, string lineBreak)
    {
        var start = _text.Length;
        inline.WriteTo(_text, _links, lineBreak);
        return new TextSpan(start, _text.Length - start);
    }

    private void Break()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }

    private string Unique(string anchor)
    {
        var candidate = anchor;
        for (var i = 1; !_anchors.Add(candidate); i++)
        {
            candidate = $"{anchor}-{i}";
        }

        return candidate;
    }
}
