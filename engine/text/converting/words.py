"""What a reader sees of a text, word by word: how an import proves that nothing was lost or added.

The *visible words* of HTML are its characters without tags and without what browsers hide (comments, scripts, styles, the
head), entities decoded; elements that begin a line (paragraphs, entries, cells, line breaks) separate words, others do not.
Those of a document are its headings and blocks in order, inline markup gone. On both sides characters are normalised (NFC),
characters without a shape (control characters, marks of direction) left out, and runs of blanks are one separator. A byte
that is not UTF-8 counts as the character that it is in Windows-1252. Not counted: markers of lists and numbers of sections,
which each side derives for itself; images and rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

from syngraph.engine.text.document import Block, Document, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.notations.html import inline
from syngraph.engine.text.notations.html.blocks import SEPARATE
from syngraph.engine.text.notations.html.tokens import Words, tokens
from syngraph.engine.text.passages import MAX_MARKED, plain
from syngraph.engine.text.provenance import Place, Text

AROUND = 6
"""How many words before and after a difference are shown."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|\\\n|\*+|\]\([^()\s]*\)|\[")


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two texts differ: the words there on each side, with those around them, and their number."""

    at: int
    expected: str
    actual: str


def of_html(text: Text) -> list[str]:
    """The visible words of an HTML-like text."""
    pieces: list[str] = []
    for token in tokens(text.string):
        if isinstance(token, Words):
            pieces.append(inline.words(text, token.start, token.end).string)
        elif token.name in SEPARATE:
            pieces.append(" ")
    return split("".join(pieces))


def of_markdown(text: Text) -> list[str]:
    """The visible words of inline Markdown."""
    return split(shown(text))


def of_document(document: Document) -> list[str]:
    """The visible words of a document."""
    return [word for section in document.walk() for text in of_section(section) for word in of_markdown(text)]


def of_section(section: Section) -> Iterator[Text]:
    """The texts of a section in order, its heading first; not those of the sections in it."""
    if section.id:
        yield section.heading
    yield from texts(section.blocks)


def texts(blocks: Sequence[Block]) -> Iterator[Text]:
    """The texts of blocks, in order."""
    for block in blocks:
        match block:
            case Paragraph(text) | Verbatim(text):
                yield text
            case ItemList(items):
                for item in items:
                    yield from texts(item.blocks)
            case Quote(inner):
                yield from texts(inner)
            case Table(rows):
                for row in rows:
                    yield from row
            case _:
                pass


def shown(text: Text) -> str:
    """Inline Markdown as it is seen."""
    if len(text) <= MAX_MARKED:
        return plain(text if text.runs or not text else Text(text.string, ((0, Place("", 1, 1)),))).string
    return _ESCAPED.sub(
        lambda match: match[1] or ("&" if match[0] == "&amp;" else "" if match[0] != "\\\n" else " "), text.string
    )


def split(string: str) -> list[str]:
    """The words of a string."""
    return (string if is_normalized("NFC", string) else normalize("NFC", string)).split()


def difference(expected: Sequence[str], actual: Sequence[str]) -> Difference | None:
    """Where two texts first differ, None where they are equal."""
    if expected == actual:
        return None
    at = next((n for n, pair in enumerate(zip(expected, actual, strict=False)) if pair[0] != pair[1]), -1)
    at = at if at >= 0 else min(len(expected), len(actual))
    start, end = max(at - AROUND, 0), at + AROUND
    return Difference(at, " ".join(expected[start:end]), " ".join(actual[start:end]))
