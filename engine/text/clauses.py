"""Clauses: the sentences of a document, each read and placed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, runtime_checkable

from syngraph.engine.text.document import Document
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.rules import Rule
from syngraph.grammar.sentence import Sentence
from syngraph.grammar.sentences import labels


@runtime_checkable
class Preparing(Protocol):
    """A reader that wants to know beforehand what it will be asked for."""

    def prepare(self, passages: Iterable[str]) -> None:
        """Tells of passages that will be read."""
        ...


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

    @property
    def digests(self) -> tuple[str, ...]:
        """For each rule the first eight hexadecimal digits of the SHA-256 of its canonical sentence."""
        from syngraph.grammar.unparse import unparse

        return tuple(sha256(unparse(rule).encode()).hexdigest()[:8] for rule in self.sentence.rules)


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule with the clause it was read from.

    `id` is the section id, a colon and the first eight hexadecimal digits of the SHA-256 of the canonical sentence; the
    same rule twice in a section has `-2`, `-3` behind it. `item` is the mark of the item of a list that it is (`(a)`), "" where
    it is none.
    """

    id: str
    rule: Rule
    clause: Clause
    item: str = ""


def read(document: Document, reader: Callable[[str], tuple[Sentence, ...]]) -> tuple[Clause, ...]:
    """Every sentence of a document in its order, each with its place. `reader` reads one passage."""
    from syngraph.engine.text.passages import passages

    return read_all(passages(document), reader)


def read_all(found: Sequence[Passage], reader: Callable[[str], tuple[Sentence, ...]]) -> tuple[Clause, ...]:
    """Every sentence of some passages in their order, each with its place. `reader` reads one passage."""
    if isinstance(reader, Preparing):
        reader.prepare([passage.text.string for passage in found])
    return tuple(
        Clause(
            passage.section,
            passage.number,
            sentence,
            passage.text[sentence.span.start : sentence.span.end],
            passage.prose,
        )
        for passage in found
        for sentence in reader(passage.text.string)
    )


def placed(clauses: tuple[Clause, ...]) -> tuple[PlacedRule, ...]:
    """The rules of all clauses (those of sections marked as prose are not), each with its id."""
    found: list[PlacedRule] = []
    seen: dict[str, int] = {}
    for clause in clauses:
        if clause.prose:
            continue
        rules = clause.sentence.rules
        items = labels(clause.sentence.text) if len(rules) > 1 else ()
        if len(items) != len(rules):
            items = ("",) * len(rules)
        for rule, digest, item in zip(rules, clause.digests, items, strict=True):
            name = f"{clause.section}:{digest}"
            seen[name] = seen.get(name, 0) + 1
            found.append(PlacedRule(name if seen[name] == 1 else f"{name}-{seen[name]}", rule, clause, item))
    return tuple(found)
