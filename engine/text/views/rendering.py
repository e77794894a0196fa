"""The x-ray of a document in our notation: its text in pieces, each with where it was written and the key that says it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from syngraph.engine.text.document import Block, Break, Document, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.objects import Field
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.lookup import Names, Use
from syngraph.engine.text.views.keys import Examined
from syngraph.engine.text.views.origins import Origins, Value, bare
from syngraph.engine.text.views.shown import MAX_PIECES, Piece, Xray

_REFERENCE = re.compile(r"\[\]\(#([^()\s]+)\)")
_BEGINS = re.compile(r"(?:^|[.!?][\"”’')\]]*)\s*$")


def xray(of: Examined, key: str = "") -> Xray | None:
    """The text in Markdown, sections numbered and references resolved; with a `key` only that field or section.

    None where there is no such field or section.
    """
    document = of.resolution.document
    reading = _Reading(of)
    if not key:
        made = reading.sections(document.sections)
    elif key in document.fields:
        made = cut(document.fields[key], (), lambda place: reading.origins.of(place.chain).key or key)
    else:
        chosen = [section for section in document.walk() if section.id == key]
        if not chosen:
            return None
        made = reading.sections(chosen[:1])
    pieces, more = kept(made)
    return Xray(document.path, document.title, pieces, more)


def kept(made: Iterable[Piece]) -> tuple[tuple[Piece, ...], int]:
    """The pieces that a view shows, and how many more there are."""
    pieces: list[Piece] = []
    more = 0
    for piece in made:
        if len(pieces) < MAX_PIECES:
            pieces.append(piece)
        else:
            more += 1
    return tuple(pieces), more


def cut(text: Text, replaced: Sequence[tuple[int, int, str]], key: Callable[[Place], str]) -> Iterator[Piece]:
    """A text in pieces, one for each of its runs; stretches of it, in order, are replaced by other words in their place.

    `key` gives the key of what was written at a place.
    """
    at = following = 0
    ends = [offset for offset, _ in text.runs[1:]] + [len(text)]
    if not text.runs or text.runs[0][0] > 0:
        at = text.runs[0][0] if text.runs else len(text)
        yield Piece(text.string[:at], None, "")
    for (start, place), end in zip(text.runs, ends, strict=False):
        at = max(at, start)
        while at < end:
            here = Place(place.path, place.line, place.column + at - start, place.chain)
            if following < len(replaced) and replaced[following][0] <= at:
                _, at, words = replaced[following]
                following += 1
                yield Piece(words, here, key(place))
                continue
            stop = min(end, replaced[following][0]) if following < len(replaced) else end
            yield Piece(text.string[at:stop], here, key(place))
            at = stop


class _Reading:
    """The pieces of sections, in the order of the text."""

    def __init__(self, of: Examined) -> None:
        self.origins = _origins(of.resolution.names, of.uses)
        self.numbers = {section.id: section.number for section in of.resolution.document.walk()}

    def sections(self, sections: Sequence[Section]) -> Iterator[Piece]:
        """The pieces of sections and of those in them."""
        for section in Document("", "", tuple(sections), {}, ()).walk():
            if section.number:
                yield Piece(f"{'#' * min(section.level, 6)} {section.number} ", None, section.id)
                yield from self.text(section.heading, section.id)
                yield Piece("\n\n", None, section.id)
            yield from self.blocks(section.blocks, section.id, "")

    def blocks(self, blocks: Sequence[Block], section: str, margin: str) -> Iterator[Piece]:
        """The pieces of blocks, each with a blank line after it; `margin` begins the second block and those after it."""
        for index, block in enumerate(blocks):
            if margin and index:
                yield Piece(margin, None, section)
            match block:
                case Paragraph(text) | Verbatim(text):
                    yield from self.text(text, section)
                case ItemList(items):
                    for count, item in enumerate(items):
                        yield Piece(f"{margin if count else ''}{item.marker} ", None, section)
                        yield from self.blocks(item.blocks, section, margin + "   ")
                    continue
                case Quote(inner):
                    yield Piece("> ", None, section)
                    yield from self.blocks(inner, section, margin + "> ")
                    continue
                case Table(rows):
                    for row in rows:
                        for cell in row:
                            yield Piece("| ", None, section)
                            yield from self.text(cell, section)
                            yield Piece(" ", None, section)
                        yield Piece("|\n", None, section)
                    yield Piece("\n", None, section)
                    continue
                case Break():
                    yield Piece("* * *", None, section)
            yield Piece("\n\n", None, section)

    def text(self, text: Text, section: str) -> Iterator[Piece]:
        """The pieces of a text of a section."""
        labels = [
            (match.start(), match.end(), self.label(text.string[max(0, match.start() - 8) : match.start()], match[1]))
            for match in _REFERENCE.finditer(text.string)
            if self.numbers.get(match[1])
        ]
        return cut(text, labels, lambda place: self.origins.of(place.chain).key or section)

    def label(self, before: str, id: str) -> str:
        """A reference as it prints after some text: the number of its section."""
        return f"{'Section' if _BEGINS.search(before) else 'section'} {self.numbers[id]}"


def _origins(names: Names, uses: Sequence[Use]) -> Origins:
    """What every placeholder stands for."""
    values: dict[tuple[tuple[Place, ...], Place], Value] = {}
    for use in uses:
        if use.bound is not None and not use.condition:
            number, binding = use.bound
            key = names.instances[number].prefix + (binding.key if isinstance(binding, Field) else binding.id)
            values[use.place.chain, bare(use.place)] = Value(key, names.instances[number].chain)
    return Origins(values)
