"""A sentence as it was understood: the result of reading."""

from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar.rules import Rule
from syngraph.grammar.span import Span


class Kind(StrEnum):
    """What a sentence is."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    POWER = "power"
    DEFINITION = "definition"
    DECISION = "decision"
    DECLARATION = "declaration"
    FACT = "fact"
    ORDER = "order"
    PROSE = "prose"
    AMBIGUOUS = "ambiguous"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault of the wording that does not stop the reading (`two-thirds is not 66%`)."""

    code: str
    message: str
    span: Span
    help: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a sentence was not read: the first word that did not fit, what would have, and the nearest that would be read.

    `expected` are phrases for people, most likely first. `nearest` is a whole sentence that reads, "" if none is near.
    For an ambiguous sentence `readings` has the sentences it could mean.
    """

    span: Span
    word: str
    expected: tuple[str, ...]
    nearest: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage with what it means.

    `span` is its place in the passage. `binding` says whether it uses a word that binds (shall, must, may, will, is
    entitled to, ...). `rules` is empty for prose, ambiguous and unread sentences.
    """

    text: str
    span: Span
    kind: Kind
    binding: bool
    rules: tuple[Rule, ...] = ()
    unread: Unread | None = None
    mistakes: tuple[Mistake, ...] = ()
