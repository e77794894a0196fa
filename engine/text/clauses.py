"""Clauses: the sentences of a document, each read and placed."""

from dataclasses import dataclass

from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.rules import Rule
from syngraph.grammar.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text that is read in one go: a paragraph, or a stem with the list under it written out in line.

    `text` is plain: emphasis is gone, links to sections stay as `[](#id)`. `prose` is inherited from the section.
    """

    section: str
    number: str
    text: Text
    prose: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a document with its place: `section` and `number` are those of the section it stands in."""

    section: str
    number: str
    sentence: Sentence
    text: Text
    prose: bool

    @property
    def place(self) -> Place:
        """Where the sentence begins."""
        return self.text.place(0)


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule with the clause it was read from; `id` is the section id and a short digest of the canonical sentence."""

    id: str
    rule: Rule
    clause: Clause
