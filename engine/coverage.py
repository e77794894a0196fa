"""How much of what binds somebody is read as rules."""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from syngraph.engine.reading import executed
from syngraph.engine.text.clauses import Clause
from syngraph.grammar.sentence import Kind


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
    binding = read = definitions = prose = unread = sentences = 0
    for clause in clauses:
        sentence = clause.sentence
        sentences += 1
        obeyed = executed(clause)
        if sentence.binding:
            binding += 1
            read += obeyed
        if not obeyed and (sentence.binding or sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS)):
            unread += 1
        elif clause.prose or sentence.kind is Kind.PROSE:
            prose += 1
        elif sentence.kind is Kind.DEFINITION:
            definitions += 1
    return Coverage(binding, read, definitions, prose, unread, sentences)


def encoded(found: Coverage) -> bytes:
    """A count as bytes, for a cache."""
    return json.dumps(astuple(found)).encode()


def decoded(content: bytes) -> Coverage:
    """The count that was encoded. Raises: ValueError for other bytes."""
    match json.loads(content):
        case [int() as binding, int() as read, int() as definitions, int() as prose, int() as unread, int() as sentences]:
            return Coverage(binding, read, definitions, prose, unread, sentences)
        case _:
            raise ValueError("not an encoded count")
