using System.Text;

namespace CopilotBot.Knowledge;

/// <summary>The text of one paragraph, item or cell while it is being read: white space collapses to single spaces, hard breaks and links are kept.</summary>
public sealed class InlineText
{
    private readonly StringBuilder _text = new();

    private readonly List<TextLink> _links = [];

    public InlineText()
    {
    }

    public InlineText(string text) => Add(text);

    public bool IsEmpty => _text.ToString().Trim().Length == 0;

    public int Length => _text.Length;

    public void Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                _text.Append(c);
            }
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n'))
            {
                _text.Append(' ');
            }
        }
    }

    /// <summary>A hard line break.</summary>
    public void Break()
    {
        while (_text.Length > 0 && _text[^1] == ' ')
        {
            _text.Length--;
        }

        if (_text.Length > 0 && _text[^1] != '\n')
        {
            _text.Append('\n');
        }
    }

    /// <summary>Marks what <paramref name="content"/> adds as a link.</summary>
    public void Link(string target, Action content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var start = _text.Length;
        content();
        if (_text.Length > start && target.Length > 0)
        {
            _links.Add(new TextLink(new TextSpan(start, _text.Length - start), target));
        }
    }

    /// <summary>Appends the text without white space at its ends.</summary>
    /// <param name="lineBreak">What a hard break becomes: a line feed, or a space in a table cell.</param>
    internal void WriteTo(StringBuilder text, List<TextLink> links, string lineBreak)
    {
        var all = _text.ToString();
        var trimmed = all.TrimEnd();
        var lead = trimmed.Length - trimmed.TrimStart().Length;
        trimmed = trimmed[lead..].Replace("\n", lineBreak, StringComparison.Ordinal);
        var start = text.Length;
        text.Append(trimmed);
        foreach (var link in _links)
        {
            var from = Math.Clamp(link.Span.Start - lead, 0, trimmed.Length);
            var to = Math.Clamp(link.Span.End - lead, from, trimmed.Length);
            if (to > from)
            {
                links.Add(new TextLink(new TextSpan(start + from, to - from), link.Target));
            }
        }
    }
}
