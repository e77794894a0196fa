"""A resolved document: an ordered tree of sections with provenance."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place, Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, in inline Markdown with its fields filled in."""

    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its marker as written (`(a)`, `1.`, `-`) and what it holds."""

    marker: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of items. `ordered` where its markers count."""

    items: tuple[Item, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first row is the heading."""

    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Preformatted text (a code block), never read."""

    text: Text


@dataclass(frozen=True, slots=True)
class Break:
    """A thematic break."""


Block = Paragraph | ItemList | Table | Quote | Verbatim | Break


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document.

    `id` is stable and unique in the document ("" for text before the first heading); `number` is derived from position
    (`2.1`, "" where there is no heading); `level` counts from 1. `prose` marks a section whose sentences bind nobody.
    """

    id: str
    heading: Text
    level: int
    number: str
    blocks: tuple[Block, ...]
    children: tuple["Section", ...] = ()
    prose: bool = False
    place: Place = field(default_factory=lambda: Place("", 1, 1))


@dataclass(frozen=True, slots=True)
class Document:
    """One object, resolved: all that it includes is in it.

    `fields` are the bindings that the root sees, by full key, each with the place of its value. `closure` are the paths of
    every object that took part, root first. `findings` are the faults met while resolving.
    """

    path: str
    title: str
    sections: tuple[Section, ...]
    fields: dict[str, Text]
    closure: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Every section, parents before children, in the order of the text."""
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))
