"""A layout as Markdown with numbered headings, every field filled in and every reference resolved."""

import re

from syngraph.engine.documents import inline
from syngraph.engine.documents.inline import Code, Defined, Emphasis, Inline, LineBreak, Link, Reference, Strong, Used, Words
from syngraph.engine.documents.layout import Block, Entries, Grid, Layout, Part, Preformatted, Quoted, Rule, Running
from syngraph.engine.documents.sandbox import Data
from syngraph.engine.documents.stamp import Stamp

PLAIN_ADDRESS = re.compile(r"[\w.~:/?#@!$&*+,;=%-]+")
"""An address that needs no brackets in a Markdown link."""


def page(layout: Layout, stamp: Stamp) -> dict[str, Data]:
    """The data of the page; its strings are Markdown, save `fields`, which are text."""
    slugs = _slugs(layout)
    return {
        "title": escaped(layout.title),
        "date": stamp.day,
        "digest": stamp.digest,
        "contents": [_entry(part, slugs) for part in layout.parts],
        "sections": [_section(part, slugs) for part in layout.parts],
        "terms": [{"term": escaped(term.text), "anchor": term.anchor} for term in layout.terms],
        "fields": dict(layout.fields),
    }


def escaped(text: str) -> str:
    r"""The text such that Markdown shows it as it is.

    >>> escaped("a *b* <c> [d](e) f_g _h_")
    'a \\*b\\* \\<c> \\[d\\](e) f_g \\_h\\_'
    """
    text = re.sub(r"[\\`*\[\]<]", r"\\\g<0>", " ".join(text.split("\n")))
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return re.sub(r"(?:https?|mailto)(?=:)|www(?=\.)", r"\g<0>", text)


def _entry(part: Part, slugs: dict[str, str]) -> Data:
    return {
        "number": part.number,
        "heading": escaped(inline.plain(part.heading)),
        "anchor": slugs[part.anchor],
        "level": part.level,
        "children": [_entry(child, slugs) for child in part.children],
    }


def _section(part: Part, slugs: dict[str, str]) -> Data:
    return {
        "anchor": slugs[part.anchor],
        "number": part.number,
        "heading": _line(part.heading, slugs).replace("\\\n", " "),
        "level": part.level,
        "prose": int(part.prose),
        "body": "\n\n".join(_block(block, slugs) for block in part.blocks),
        "children": [_section(child, slugs) for child in part.children],
    }


def _slugs(layout: Layout) -> dict[str, str]:
    """The address that forges give each heading: lower case, no punctuation, blanks as hyphens, repeats counted."""
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    for part in layout.walk():
        words = f"{part.number} {inline.plain(part.heading)}".strip().lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        found[part.anchor] = f"{slug}-{count}" if count else slug
    return found


# -- blocks ------------------------------------------------------------------------------------------------------------


def _block(block: Block, slugs: dict[str, str]) -> str:
    match block:
        case Running(nodes):
            return _opening(_line(nodes, slugs))
        case Entries(entries, ordered):
            items = []
            for entry in entries:
                marker = _marker(entry.marker, ordered)
                inner = "\n\n".join(_block(each, slugs) for each in entry.blocks)
                items.append(marker + " " + re.sub(r"\n(?!\n)", "\n" + " " * _indent(marker), inner))
            return "\n".join(items)
        case Grid(rows):
            return _table(rows, slugs)
        case Quoted(blocks):
            inner = "\n\n".join(_block(each, slugs) for each in blocks)
            return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        case Preformatted(text):
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
            return f"{fence}\n{text.removesuffix(chr(10))}\n{fence}"
        case Rule():
            return "---"


def _marker(marker: str, ordered: bool) -> str:
    """The marker of an entry. `1.` and `-` are Markdown's own; `(a)` is not, so it follows a hyphen as text."""
    if not ordered:
        return "-"
    return marker if re.fullmatch(r"\d{1,9}[.)]", marker) else f"- {escaped(marker)}"


def _indent(marker: str) -> int:
    return 2 if marker.startswith("-") else len(marker) + 1


def _opening(text: str) -> str:
    """A paragraph whose first character would make Markdown see something else gets that character escaped."""
    text = re.sub(r"^\s*(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|~{3,}|-{3,}|\|)", r"\\\g<1>", text)
    return re.sub(r"^\s*(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)


def _table(rows: tuple[tuple[tuple[Inline, ...], ...], ...], slugs: dict[str, str]) -> str:
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = []
    for at, row in enumerate(rows):
        cells = [_line(cell, slugs).replace("|", "\\|").replace("\\\n", " ") for cell in row]
        lines.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
        if at == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)


# -- lines -------------------------------------------------------------------------------------------------------------


def _line(nodes: tuple[Inline, ...], slugs: dict[str, str]) -> str:
    return "".join(_node(node, slugs) for node in nodes)


def _node(node: Inline, slugs: dict[str, str]) -> str:
    match node:
        case Words(text) | Used(_, text):
            return escaped(text)
        case Strong(children):
            return f"**{_line(children, slugs)}**"
        case Emphasis(children):
            return f"*{_line(children, slugs)}*"
        case Code(text):
            fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
            pad = " " if text.startswith("`") or text.endswith("`") or (text != text.strip() and text.strip()) else ""
            return f"{fence}{pad}{text}{pad}{fence}"
        case Link(children, address, _):
            target = f"#{slugs.get(address[1:], address[1:])}" if address.startswith("#") else address
            if inline.plain(children) == target:
                return f"<{target}>"
            return f"[{_line(children, slugs)}]({target if PLAIN_ADDRESS.fullmatch(target) else f'<{target}>'})"
        case Reference(id, label, known):
            return f"[{label}](#{slugs.get(id, id)})" if known else escaped(label)
        case Defined(_, text):
            return f"**{escaped(text)}**"
        case LineBreak():
            return "\\\n"
