"""A layout as one HTML page that needs nothing from outside."""

import re

from markupsafe import Markup, escape

from syngraph.engine.documents import inline
from syngraph.engine.documents.inline import Code, Defined, Emphasis, Inline, LineBreak, Link, Reference, Strong, Used, Words
from syngraph.engine.documents.layout import Block, Entries, Grid, Layout, Part, Preformatted, Quoted, Rule, Running
from syngraph.engine.documents.sandbox import Data
from syngraph.engine.documents.stamp import MONTHS, Stamp

BOUND = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\b[A-Z]{{3}}) (?=\d)")


def page(layout: Layout, stamp: Stamp) -> dict[str, Data]:
    """The data of the page. Strings are text, save `body` and `heading` of sections, which are HTML."""
    return {
        "title": layout.title,
        "date": stamp.day,
        "digest": stamp.digest,
        "running": Markup(css_string(layout.title)),
        "running_date": Markup(css_string(stamp.line)),
        "contents": [_entry(part) for part in layout.parts],
        "sections": [_section(part) for part in layout.parts],
        "terms": [{"term": term.text, "anchor": term.anchor} for term in layout.terms],
        "fields": dict(layout.fields),
    }


def css_string(text: str) -> str:
    r"""A text as a CSS string: whatever is not a letter, a digit or a space is written as its code.

    >>> css_string('A "B"</style>')
    '"A \\22 B\\22 \\3c \\2f style\\3e "'
    """
    safe = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):x} " for char in text)
    return '"' + "".join(safe) + '"'


def _entry(part: Part) -> Data:
    return {
        "number": part.number,
        "heading": inline.plain(part.heading),
        "anchor": part.anchor,
        "level": part.level,
        "children": [_entry(child) for child in part.children],
    }


def _section(part: Part) -> Data:
    return {
        "anchor": part.anchor,
        "number": part.number,
        "heading": _line(part.heading),
        "level": part.level,
        "prose": int(part.prose),
        "body": Markup("\n").join(_block(block) for block in part.blocks),
        "children": [_section(child) for child in part.children],
    }


# -- blocks ------------------------------------------------------------------------------------------------------------


def _block(block: Block) -> Markup:
    match block:
        case Running(nodes):
            return Markup("<p>{}</p>").format(_line(nodes))
        case Entries(entries, ordered):
            items = Markup("\n").join(
                Markup("<li>{}<div>{}</div></li>").format(_marker(entry.marker, ordered), _inner(entry.blocks))
                for entry in entries
            )
            return Markup('<ol class="marked">\n{}\n</ol>' if ordered else '<ul class="marked">\n{}\n</ul>').format(items)
        case Grid(rows):
            return _table(rows)
        case Quoted(blocks):
            return Markup("<blockquote>{}</blockquote>").format(Markup("\n").join(_block(each) for each in blocks))
        case Preformatted(text):
            return Markup("<pre>{}</pre>").format(text)
        case Rule():
            return Markup("<hr>")


def _marker(marker: str, ordered: bool) -> Markup:
    shown = marker if ordered else "•"
    return Markup('<span class="marker">{}</span>').format(shown)


def _inner(blocks: tuple[Block, ...]) -> Markup:
    """What an entry holds; an only paragraph stands without its tag."""
    if len(blocks) == 1 and isinstance(blocks[0], Running):
        return _line(blocks[0].nodes)
    return Markup("\n").join(_block(block) for block in blocks)


def _table(rows: tuple[tuple[tuple[Inline, ...], ...], ...]) -> Markup:
    def row(cells: tuple[tuple[Inline, ...], ...], tag: str) -> Markup:
        return Markup("<tr>{}</tr>").format(
            Markup("").join(Markup(f"<{tag}>{{}}</{tag}>").format(_line(cell)) for cell in cells)
        )

    head = row(rows[0], "th") if rows else Markup("")
    body = Markup("\n").join(row(cells, "td") for cells in rows[1:])
    return Markup('<div class="table"><table>\n<thead>{}</thead>\n<tbody>{}</tbody>\n</table></div>').format(head, body)


# -- lines -------------------------------------------------------------------------------------------------------------


def _line(nodes: tuple[Inline, ...]) -> Markup:
    return Markup("").join(_node(node) for node in _curled(nodes, [""]))


def _node(node: Inline) -> Markup:
    match node:
        case Words(text):
            return escape(_bound(text))
        case Strong(children):
            return Markup("<strong>{}</strong>").format(Markup("").join(map(_node, children)))
        case Emphasis(children):
            return Markup("<em>{}</em>").format(Markup("").join(map(_node, children)))
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Link(children, address, _):
            kind = "" if address.startswith("#") else Markup(' rel="noopener noreferrer"')
            return Markup('<a href="{}"{}>{}</a>').format(address, kind, Markup("").join(map(_node, children)))
        case Reference(id, label, known):
            if not known:
                return Markup('<span class="unknown">{}</span>').format(label)
            return Markup('<a class="reference" href="#{}">{}</a>').format(id, label.replace(" ", "\u00a0", 1))
        case Defined(anchor, text):
            return Markup('<dfn id="{}">{}</dfn>').format(anchor, text)
        case Used(anchor, text):
            return Markup('<a class="term" href="#{}">{}</a>').format(anchor, text)
        case LineBreak():
            return Markup("<br>")


def _curled(nodes: tuple[Inline, ...], last: list[str]) -> tuple[Inline, ...]:
    """The nodes with straight quotation marks and apostrophes curled; `last` holds the character before them."""
    found: list[Inline] = []
    for node in nodes:
        match node:
            case Words(text):
                curled = _curl(text, last[0])
                last[0] = text[-1:] or last[0]
                found.append(Words(curled))
            case Strong(children):
                found.append(Strong(_curled(children, last)))
            case Emphasis(children):
                found.append(Emphasis(_curled(children, last)))
            case Link(children, address, label):
                found.append(Link(_curled(children, last), address, label))
            case Code() | Reference() | Defined() | Used() | LineBreak():
                last[0] = inline.plain((node,))[-1:] or last[0]
                found.append(node)
    return tuple(found)


def _bound(text: str) -> str:
    """The text with what should stay on one line bound together: a day and its month, a currency and its amount.

    >>> _bound("EUR 60 by 31 January") == "EUR\\u00a060 by 31\\u00a0January"
    True
    """
    return BOUND.sub("\u00a0", text)


def _curl(text: str, before: str) -> str:
    """
    >>> _curl('"Goods" means the Seller\\'s "best" goods.', "")
    '“Goods” means the Seller’s “best” goods.'
    """

    def mark(found: re.Match[str]) -> str:
        previous = text[found.start() - 1] if found.start() else before
        opens = not previous or previous.isspace() or previous in "([{“‘—–-/"
        if found[0] == '"':
            return "“" if opens else "”"
        return "‘" if opens else "’"

    return re.sub("[\"']", mark, text)
