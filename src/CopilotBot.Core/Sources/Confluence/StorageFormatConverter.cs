using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Confluence;

/// <summary>
/// Confluence storage format to structured text. Macros that would pull in other content (include, excerpt-include, children, ...) are never expanded: the
/// other content has readers of its own. Unknown macros keep their rich text.
/// </summary>
public static partial class StorageFormatConverter
{
    private const int MaximumDepth = 64;

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "toc", "anchor", "include", "excerpt-include", "children", "pagetree", "contentbylabel", "detailssummary", "recently-updated", "livesearch", "gallery", "attachments",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote", "div", "structured-macro", "task-list", "layout", "layout-section", "layout-cell",
        "rich-text-body", "adf-extension", "adf-content", "adf-fallback", "adf-node", "hr", "macro",
    };

    /// <param name="userName">Display name by account id; null when unknown.</param>
    public static StructuredText Convert(string storage, Func<string, string?> userName)
    {
        var builder = new StructuredTextBuilder();
        Write(builder, storage, userName);
        return builder.Build();
    }

    /// <summary>Appends a body to text begun elsewhere: a comment below its page.</summary>
    public static void Write(StructuredTextBuilder builder, string storage, Func<string, string?> userName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(userName);
        new Writer(builder, userName).Flow(Parse(storage), 0);
    }

    private static XElement Parse(string storage)
    {
        try
        {
            return XElement.Parse($"<root xmlns:ac=\"ac\" xmlns:ri=\"ri\" xmlns:at=\"at\">{NamedEntity().Replace(storage, Decode)}</root>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // Bodies that people or tools broke: read as HTML and written back as XML.
            var body = new HtmlParser().ParseDocument($"<body>{storage}</body>").Body;
            return FromHtml(body, 0);
        }
    }

    private static XElement FromHtml(AngleSharp.Dom.IElement? element, int depth)
    {
        var name = element?.LocalName ?? "root";
        var result = new XElement(XmlConvert.EncodeLocalName(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        foreach (var attribute in element?.Attributes ?? Enumerable.Empty<AngleSharp.Dom.IAttr>())
        {
            result.SetAttributeValue(XmlConvert.EncodeLocalName(attribute.Name[(attribute.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]), attribute.Value);
        }

        foreach (var node in element?.ChildNodes ?? Enumerable.Empty<AngleSharp.Dom.INode>())
        {
            if (node is AngleSharp.Dom.IElement child && depth < MaximumDepth)
            {
                result.Add(FromHtml(child, depth + 1));
            }
            else if (node is AngleSharp.Dom.IText text)
            {
                result.Add(new XText(new string([.. text.Data.Where(XmlConvert.IsXmlChar)])));
            }
        }

        return result;
    }

    private static string Decode(Match entity)
    {
        var text = WebUtility.HtmlDecode(entity.Value);
        return text == entity.Value ? "" : text;
    }

    private static string Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value ?? "";

    private static string? Parameter(XElement macro, string name) =>
        macro.Elements().FirstOrDefault(child => child.Name.LocalName == "parameter" && Attribute(child, "name") == name)?.Value;

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    [GeneratedRegex(@"&(?!(?:amp|lt|gt|quot|apos);|#)[A-Za-z][A-Za-z0-9]*;")]
    private static partial Regex NamedEntity();

    private sealed class Writer(StructuredTextBuilder builder, Func<string, string?> userName)
    {
        /// <summary>Block content: runs of inline nodes between blocks become paragraphs.</summary>
        public void Flow(XElement parent, int depth)
        {
            if (depth > MaximumDepth)
            {
                return;
            }

            var inline = new InlineText();
            foreach (var node in parent.Nodes())
            {
                if (node is XElement element && IsBlock(element))
                {
                    builder.Paragraph(inline);
                    inline = new InlineText();
                    Block(element, depth + 1);
                }
                else
                {
                    Inline(inline, node, depth + 1);
                }
            }

            builder.Paragraph(inline);
        }

        private static bool IsBlock(XElement element) =>
            element.Name.LocalName == "structured-macro" ? Attribute(element, "name") is not ("status" or "jira") : Blocks.Contains(element.Name.LocalName)
                || element.Elements().Any(child => Blocks.Contains(child.Name.LocalName) && child.Name.LocalName != "structured-macro");

        private void Block(XElement element, int depth)
        {
            switch (element.Name.LocalName)
            {
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    var text = InlineOf(element, depth);
                    builder.Heading(element.Name.LocalName[1] - '0', text, Anchor(element.Value));
                    break;
                case "ul" or "ol":
                    List(element, depth);
                    break;
                case "task-list":
                    builder.List([.. element.Elements().Where(task => task.Name.LocalName == "task").Select(task =>
                        (0, Child(task, "task-status")?.Value.Trim() == "complete" ? "[x]" : "[ ]", Child(task, "task-body") is { } body ? InlineOf(body, depth) : new InlineText()))]);
                    break;
                case "table":
                    Table(element, depth);
                    break;
                case "pre":
                    builder.Code(element.Value, "");
                    break;
                case "blockquote":
                    builder.Callout("quote", null, () => Flow(element, depth));
                    break;
                case "structured-macro" or "macro":
                    Macro(element, depth);
                    break;
                case "adf-extension":
                    AdfExtension(element, depth);
                    break;
                case "hr":
                    break;
                default:
                    Flow(element, depth);
                    break;
            }
        }

        private void Macro(XElement macro, int depth)
        {
            var name = Attribute(macro, "name");
            var body = Child(macro, "rich-text-body");
            if (Dropped.Contains(name))
            {
                return;
            }

            if (Child(macro, "plain-text-body") is { } plain)
            {
                builder.Code(plain.Value, Parameter(macro, "language") ?? "");
            }
            else if (name is "info" or "note" or "tip" or "warning" or "panel" or "expand" && body is not null)
            {
                var title = Parameter(macro, "title");
                builder.Callout(name, string.IsNullOrWhiteSpace(title) ? null : new InlineText(title), () => Flow(body, depth));
            }
            else if (body is not null)
            {
                Flow(body, depth);
            }
        }

        /// <summary>The content, or the fallback where there is none: never both.</summary>
        private void AdfExtension(XElement extension, int depth)
        {
            var node = Child(extension, "adf-node");
            var content = node is null ? null : Child(node, "adf-content");
            if ((content ?? Child(extension, "adf-fallback")) is { } body)
            {
                Flow(body, depth);
            }
        }

        private void List(XElement list, int depth)
        {
            var items = new List<(int, string, InlineText)>();
            Collect(list, 0);
            Flush();

            void Collect(XElement current, int level)
            {
                var number = 1;
                foreach (var item in current.Elements().Where(child => child.Name.LocalName == "li"))
                {
                    var inline = new InlineText();
                    var marker = current.Name.LocalName == "ol" ? $"{(number++).ToString(CultureInfo.InvariantCulture)}." : "-";
                    items.Add((level, marker, inline));
                    foreach (var node in item.Nodes())
                    {
                        if (node is XElement { Name.LocalName: "ul" or "ol" } nested && level < MaximumDepth)
                        {
                            Collect(nested, level + 1);
                        }
                        else if (node is XElement { Name.LocalName: "table" or "structured-macro" or "pre" or "blockquote" } block && IsBlock(block))
                        {
                            Flush();
                            Block(block, depth + 1);
                        }
                        else
                        {
                            inline.Add(inline.Length > 0 && node is XElement { Name.LocalName: "p" } ? " " : "");
                            Inline(inline, node, depth + 1);
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

        private void Table(XElement table, int depth)
        {
            var rows = table.Descendants().Where(row => row.Name.LocalName == "tr" && row.Ancestors().First(parent => parent.Name.LocalName is "table") == table)
                .Select(row => row.Elements().Where(cell => cell.Name.LocalName is "th" or "td").ToList()).Where(cells => cells.Count > 0).ToList();
            var hasHeader = rows.Count > 0 && rows[0].TrueForAll(cell => cell.Name.LocalName == "th");
            var texts = rows.Select(cells => (IReadOnlyList<InlineText>)[.. cells.SelectMany(Cells)]).ToList();
            builder.Table(hasHeader ? texts[0] : null, [.. texts.Skip(hasHeader ? 1 : 0)]);

            IEnumerable<InlineText> Cells(XElement cell)
            {
                yield return InlineOf(cell, depth);
                for (var i = 1; int.TryParse(Attribute(cell, "colspan"), out var span) && i < Math.Min(span, 50); i++)
                {
                    yield return new InlineText();
                }
            }
        }

        private InlineText InlineOf(XElement element, int depth)
        {
            var text = new InlineText();
            foreach (var node in element.Nodes())
            {
                Inline(text, node, depth + 1);
            }

            return text;
        }

        private void Inline(InlineText text, XNode node, int depth)
        {
            if (depth > MaximumDepth)
            {
                return;
            }

            if (node is XText literal)
            {
                text.Add(literal.Value);
            }

            if (node is not XElement element)
            {
                return;
            }

            switch (element.Name.LocalName)
            {
                case "br":
                    text.Break();
                    break;
                case "link":
                    Link(text, element, depth);
                    break;
                case "a":
                    text.Link(Attribute(element, "href"), () => Children(text, element, depth));
                    break;
                case "image":
                    var alt = Attribute(element, "alt");
                    text.Add($" {(Child(element, "caption")?.Value is { Length: > 0 } caption ? caption : alt)} ");
                    break;
                case "emoticon":
                    text.Add(Attribute(element, "emoji-fallback") is { Length: > 0 } emoji ? emoji : $"({Attribute(element, "name")})");
                    break;
                case "time":
                    text.Add(element.Value.Trim().Length > 0 ? element.Value : Attribute(element, "datetime"));
                    break;
                case "structured-macro" when Attribute(element, "name") == "status":
                    text.Add(Parameter(element, "title") ?? "");
                    break;
                case "structured-macro" when Attribute(element, "name") == "jira":
                    text.Add(Parameter(element, "key") ?? "");
                    break;
                case "structured-macro" when Dropped.Contains(Attribute(element, "name")):
                case "placeholder" or "parameter" or "default-parameter" or "declarations" or "task-id" or "task-uuid" or "task-status" or "adf-attribute":
                    break;
                case "adf-extension" when Child(element, "adf-node") is not null:
                    Children(text, Child(element, "adf-node")!, depth); // checked in the line above
                    break;
                case "tr" or "td" or "th" or "p" or "li" or "div" or "task":
                    text.Add(" ");
                    Children(text, element, depth);
                    text.Add(" ");
                    break;
                default:
                    Children(text, element, depth);
                    break;
            }
        }

        private void Children(InlineText text, XElement element, int depth)
        {
            foreach (var child in element.Nodes())
            {
                Inline(text, child, depth + 1);
            }
        }

        private void Link(InlineText text, XElement link, int depth)
        {
            var body = Child(link, "link-body") ?? Child(link, "plain-text-link-body");
            var page = link.Elements().FirstOrDefault(child => child.Name.LocalName is "page" or "blog-post");
            var user = Child(link, "user");
            var account = user is null ? "" : Attribute(user, "account-id") is { Length: > 0 } id ? id : Attribute(user, "userkey");
            var title = page is null ? "" : Attribute(page, "content-title");
            var target = page is not null ? $"page:{Attribute(page, "space-key")}:{title}" : user is not null ? $"user:{account}" : "";
            text.Link(target, () =>
            {
                if (body is not null)
                {
                    Children(text, body, depth);
                }
                else
                {
                    text.Add(user is not null ? userName(account) ?? "unknown user"
                        : title.Length > 0 ? title
                        : Child(link, "attachment") is { } attachment ? Attribute(attachment, "filename")
                        : Child(link, "url") is { } url ? Attribute(url, "value")
                        : Child(link, "space") is { } space ? Attribute(space, "space-key") : Attribute(link, "anchor"));
                }
            });
        }

        /// <summary>As Confluence Cloud's editor makes them: the heading with hyphens for spaces.</summary>
        private static string Anchor(string heading)
        {
            var anchor = new StringBuilder();
            foreach (var c in heading.Trim())
            {
                _ = char.IsWhiteSpace(c) ? (anchor.Length > 0 && anchor[^1] == '-' ? anchor : anchor.Append('-')) : anchor.Append(c);
            }

            return anchor.ToString();
        }
    }
}
