"""A layout as plain text, wrapped for a page of 78 columns."""

import textwrap

from syngraph.engine.documents import inline
from syngraph.engine.documents.inline import Inline, Link
from syngraph.engine.documents.layout import Block, Entries, Grid, Layout, Part, Preformatted, Quoted, Rule, Running
from syngraph.engine.documents.sandbox import Data
from syngraph.engine.documents.stamp import Stamp

WIDTH = 78
INDENT = 4


def page(layout: Layout, stamp: Stamp) -> dict[str, Data]:
    """The data of the page; `body` of a section is wrapped and indented already."""
    return {
        "title": "\n".join(line.center(WIDTH).rstrip() for line in _fold(_flat(layout.title), WIDTH)),
        "date": stamp.day,
        "digest": stamp.digest,
        "contents": [_entry(part, 0) for part in layout.parts],
        "sections": [_section(part) for part in layout.parts],
        "terms": [{"term": term.text, "anchor": term.anchor} for term in layout.terms],
        "fields": dict(layout.fields),
    }


def _entry(part: Part, depth: int) -> Data:
    number = part.number.ljust(INDENT)
    lead = " " * (INDENT * depth)
    return {
        "number": part.number,
        "heading": _flat(inline.plain(part.heading)),
        "line": _hung(f"{lead}{number} ", _flat(inline.plain(part.heading))),
        "anchor": part.anchor,
        "level": part.level,
        "children": [_entry(child, depth + 1) for child in part.children],
    }


def _section(part: Part) -> Data:
    heading = _flat(inline.plain(part.heading))
    return {
        "anchor": part.anchor,
        "number": part.number,
        "heading": _hung(part.number.ljust(INDENT - 1) + " ", heading) if heading else "",
        "level": part.level,
        "prose": int(part.prose),
        "body": _stacked(part.blocks, " " * INDENT),
        "children": [_section(child) for child in part.children],
    }


# -- blocks ------------------------------------------------------------------------------------------------------------


def _stacked(blocks: tuple[Block, ...], lead: str) -> str:
    return "\n\n".join(_block(block, lead) for block in blocks)


def _block(block: Block, lead: str) -> str:
    match block:
        case Running(nodes):
            return "\n".join(_hung(lead, line) for line in _line(nodes).split("\n"))
        case Entries(entries, ordered):
            width = max((len(entry.marker if ordered else "-") for entry in entries), default=0) + 1
            items = []
            for entry in entries:
                marker = (entry.marker if ordered else "-").ljust(width)
                body = _stacked(entry.blocks, lead + " " * width)
                items.append(lead + marker + body[len(lead) + width :] if body else (lead + marker).rstrip())
            return "\n".join(items)
        case Grid(rows):
            return _table(rows, lead)
        case Quoted(blocks):
            return "\n".join(f"{lead}| {line}".rstrip() for line in _stacked(blocks, "").split("\n"))
        case Preformatted(text):
            return "\n".join(f"{lead}{line}".rstrip() for line in text.rstrip("\n").split("\n"))
        case Rule():
            return lead + "* * *".center(WIDTH - len(lead)).rstrip()


def _table(rows: tuple[tuple[tuple[Inline, ...], ...], ...], lead: str) -> str:
    """Columns side by side where they fit the page, else one line for each cell under the name of its column."""
    cells = [[_flat(_line(cell)) for cell in row] for row in rows]
    count = max((len(row) for row in cells), default=0)
    cells = [row + [""] * (count - len(row)) for row in cells]
    widths = [max(len(row[at]) for row in cells) for at in range(count)]
    if len(lead) + sum(widths) + 2 * max(count - 1, 0) <= WIDTH:
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join(lead + line for line in lines)
    if len(cells) < 2:
        return "\n".join(_hung(lead, cell) for row in cells for cell in row if cell)
    names = cells[0]
    entries = []
    for row in cells[1:]:
        pairs = zip(names, row, strict=True)
        entries.append("\n".join(_hung(f"{lead}{name}: ", cell, lead + " " * INDENT) for name, cell in pairs))
    return "\n\n".join(entries)


# -- lines -------------------------------------------------------------------------------------------------------------


def _line(nodes: tuple[Inline, ...]) -> str:
    return "".join(_addressed(node) for node in nodes)


def _addressed(node: Inline) -> str:
    """The words of a node; a link is followed by the section it means or the address it leads to."""
    words = inline.plain((node,))
    if not isinstance(node, Link) or node.address.removeprefix("mailto:") == words:
        return words
    return f"{words} ({node.label})" if node.label else f"{words} <{node.address}>"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _hung(lead: str, text: str, rest: str | None = None) -> str:
    """The text wrapped behind `lead`, its further lines under the beginning of the first (or behind `rest`)."""
    behind = " " * len(lead) if rest is None else rest
    lines = _fold(text, WIDTH, lead, behind)
    return "\n".join(lines) if lines else lead.rstrip()


def _fold(text: str, width: int, lead: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        _flat(text), width, initial_indent=lead, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
