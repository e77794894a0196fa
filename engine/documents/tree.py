"""A document as plain data, for programs: sections with their ids, numbers and places, and blocks with their text."""

from typing import Any

from syngraph.engine.documents import inline
from syngraph.engine.documents.layout import Block, Entries, Grid, Layout, Part, Preformatted, Quoted, Rule, Running
from syngraph.engine.documents.stamp import Stamp
from syngraph.engine.text.document import Block as Source
from syngraph.engine.text.document import Document, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.provenance import Place, Text

SCHEMA = 1
"""The version of the data: within it fields may come, and none goes or changes its meaning."""


def tree(document: Document, layout: Layout, stamp: Stamp) -> dict[str, Any]:
    """The document with its title, fields and sections; `layout` is the same document laid out.

    The text of a block is what a reader sees: no markup, references as they print, a line break as one.
    """
    return {
        "schema": SCHEMA,
        "title": document.title,
        "path": document.path,
        "date": stamp.on.isoformat() if stamp.on else None,
        "digest": stamp.digest or None,
        "fields": {key: field(document, key) for key in document.fields},
        "sections": _sections(document.sections, layout.parts),
    }


def field(document: Document, key: str) -> dict[str, Any]:
    """A field that the root sees: its text and where its value was written. Raises: KeyError when there is none."""
    value = document.fields[key]
    return {"text": value.string, "place": _placed(value)}


def _sections(sections: tuple[Section, ...], parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": section.id,
            "number": section.number,
            "heading": inline.plain(part.heading),
            "level": section.level,
            "prose": section.prose,
            "place": _place(section.place),
            "blocks": _blocks(section.blocks, part.blocks),
            "sections": _sections(section.children, part.children),
        }
        for section, part in zip(sections, parts, strict=True)
    ]


def _blocks(sources: tuple[Source, ...], blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [_block(source, block) for source, block in zip(sources, blocks, strict=True)]


def _block(source: Source, block: Block) -> dict[str, Any]:
    match source, block:
        case Paragraph(text), Running(nodes):
            return {"type": "paragraph", "text": inline.plain(nodes), "place": _placed(text)}
        case ItemList(items, ordered), Entries(entries):
            listed = [
                {"marker": item.marker, "blocks": _blocks(item.blocks, entry.blocks)}
                for item, entry in zip(items, entries, strict=True)
            ]
            return {"type": "list", "ordered": ordered, "items": listed}
        case Table(rows), Grid(cells):
            return {
                "type": "table",
                "rows": [
                    [{"text": inline.plain(nodes), "place": _placed(text)} for text, nodes in zip(row, line, strict=True)]
                    for row, line in zip(rows, cells, strict=True)
                ],
            }
        case Quote(inner), Quoted(quoted):
            return {"type": "quote", "blocks": _blocks(inner, quoted)}
        case Verbatim(text), Preformatted():
            return {"type": "verbatim", "text": text.string, "place": _placed(text)}
        case _, Rule():
            return {"type": "break"}
        case _:
            raise TypeError(f"{type(source).__name__} was laid out as {type(block).__name__}")


def _placed(text: Text) -> dict[str, Any] | None:
    return _place(text.place(0)) if text.runs else None


def _place(place: Place) -> dict[str, Any]:
    """A place, with those of the inclusions through which the text came in, outermost first."""
    through = [{"path": each.path, "line": each.line, "column": each.column} for each in place.chain]
    return {"path": place.path, "line": place.line, "column": place.column, "through": through}
