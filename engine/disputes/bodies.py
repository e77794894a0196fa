"""Bodies: the prose of a claim or an award in its parts, sentence by sentence, each with its place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from syngraph.engine.governance.statements import Statement
from syngraph.engine.text.provenance import Place
from syngraph.grammar.sentence import Sentence

Reader = Callable[[str], tuple[Sentence, ...]]
"""What reads a passage (`syngraph.grammar.parse.read`, or the same with a cache before it)."""


class Part(StrEnum):
    """What a heading says of the sentences under it."""

    NONE = ""
    FINDINGS = "findings"
    REASONS = "reasons"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence of a body: in which part, and where in the file."""

    part: Part
    place: Place
    sentence: Sentence

    @property
    def text(self) -> str:
        """The sentence as written."""
        return self.sentence.text.strip()


_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+")
_PARTS = (
    (re.compile(r"\b(?:orders?|ordered|relief|remed(?:y|ies)|operative|asked|decision)\b", re.IGNORECASE), Part.ORDERS),
    (re.compile(r"\b(?:findings?|facts?)\b", re.IGNORECASE), Part.FINDINGS),
    (re.compile(r"\b(?:reasons?|reasoning|grounds?|considerations?)\b", re.IGNORECASE), Part.REASONS),
)


def spoken(statement: Statement, reader: Reader) -> Iterator[Spoken]:
    """The sentences of a statement's body in their order. Headings (`## Orders`) say which part they stand in."""
    for part, line, column, paragraph in _paragraphs(statement.body):
        told, begins, down = 0, -column, 0
        for sentence in reader(paragraph):
            start = sentence.span.start
            breaks = paragraph.count("\n", told, start)
            begins = paragraph.rindex("\n", told, start) + 1 if breaks else begins
            told, down = start, down + breaks
            across = start - begins
            yield Spoken(part, Place(statement.path, statement.body_line + line + down, across + 1), sentence)


def _paragraphs(body: str) -> Iterator[tuple[Part, int, int, str]]:
    """Each paragraph or item of a list with its part, its first line (from 0) and the column at which it begins (from 0)."""
    part = Part.NONE
    gathered: list[str] = []
    since, column = 0, 0
    for number, line in enumerate([*body.split("\n"), ""]):
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if gathered and (not line.strip() or heading or item):
            yield part, since, column, "\n".join(gathered)
            gathered = []
        if heading:
            part = next((each for words, each in _PARTS if words.search(line)), Part.REASONS)
        elif line.strip():
            if not gathered:
                since, column = number, item.end() if item else 0
            gathered.append(line[item.end() :] if item else line)
