"""How much of what binds somebody is read as rules."""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from syngraph.engine.text.clauses import Clause
from syngraph.grammar.sentence import Kind, Sentence


@dataclass(frozen=True, slots=True)
class Coverage:
    """A count of sentences.

    `binding` use a word that binds (shall, must, may, will, is entitled to); `read` of these are read as rules. `definitions`
    define a term; `prose` binds nobody. `unread` are those that ought to be and are not, a binding sentence in a
    section marked as prose among them, so that marking hides no duty. `sentences` are all there are.
    """

    binding: int
    read: int
    definitions: int
    prose: int
    unread: int
    sentences: int

    @property
    def share(self) -> float:
        """The part of the binding sentences that is read as rules, from 0 to 1; 1 where nothing binds."""
        return self.read / self.binding if self.binding else 1.0


def coverage(clauses: Iterable[Clause]) -> Coverage:
    """Counts the sentences of a document."""
    return counted((clause.sentence, clause.prose) for clause in clauses)


def counted(found: Iterable[tuple[Sentence, bool]]) -> Coverage:
    """Counts sentences, each with whether its section is marked as prose."""
    binding = read = definitions = prose = unread = sentences = 0
    for sentence, marked in found:
        sentences += 1
        obeyed = bool(sentence.rules) and not marked
        if sentence.binding:
            binding += 1
            read += obeyed
        if not obeyed and (sentence.binding or sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS)):
            unread += 1
        elif marked or sentence.kind is Kind.PROSE:
            prose += 1
        elif sentence.kind is Kind.DEFINITION:
            definitions += 1
    return Coverage(binding, read, definitions, prose, unread, sentences)


def total(counts: Iterable[Coverage]) -> Coverage:
    """Several counts as one.

    >>> total([Coverage(2, 1, 0, 0, 1, 2), Coverage(1, 1, 0, 3, 0, 4)])
    Coverage(binding=3, read=2, definitions=0, prose=3, unread=1, sentences=6)
    """
    sums = [0] * len(fields(Coverage))
    for count in counts:
        sums = [one + other for one, other in zip(sums, astuple(count), strict=True)]
    return Coverage(*sums)


def encoded(found: Coverage) -> bytes:
    """A count as bytes, for a cache."""
    return json.dumps(astuple(found)).encode()


def decoded(content: bytes) -> Coverage:
    """The count that was encoded. Raises: ValueError for other bytes."""
    try:
        counts = json.loads(content)
    except RecursionError as error:
        raise ValueError("not an encoded count") from error
    match counts:
        case [int() as binding, int() as read, int() as definitions, int() as prose, int() as unread, int() as sentences]:
            return Coverage(binding, read, definitions, prose, unread, sentences)
        case _:
            raise ValueError("not an encoded count")
