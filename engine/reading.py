"""A text as it was read, and the reading of passages, each only once: what a cache knows is not read again."""

from collections.abc import Iterable
from dataclasses import dataclass

from syngraph.engine.cache import Cache, Forgetful, key
from syngraph.engine.encoding import FORM, decode, encode
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.engine.text.findings import Finding
from syngraph.grammar.lexicon import spoken_digest
from syngraph.grammar.sentence import Kind, Sentence


@dataclass(frozen=True, slots=True)
class Heading:
    """What a section is called; `number` is "" for text before the first heading."""

    section: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read: its sentences in order, what they mean, its title and the headings of its sections.

    `holes` are the findings that mean that a part of the text is missing: what it says cannot be judged.
    """

    clauses: tuple[Clause, ...]
    rules: tuple[PlacedRule, ...]
    title: str
    headings: tuple[Heading, ...]
    holes: tuple[Finding, ...] = ()

    @property
    def unexecuted(self) -> tuple[Clause, ...]:
        """The sentences that bind somebody, or may, and gave no rule."""
        return tuple(clause for clause in self.clauses if not executed(clause) and _matters(clause.sentence))

    def encoded(self) -> bytes:
        """The reading as bytes, for a cache."""
        headings = tuple((heading.section, heading.number, heading.text) for heading in self.headings)
        return encode((self.clauses, self.rules, self.title, headings, self.holes))

    @staticmethod
    def decoded(content: bytes) -> "Reading":
        """The reading that was encoded. Raises: ValueError for other bytes."""
        match decode(content):
            case (tuple() as clauses, tuple() as rules, str() as title, tuple() as headings, tuple() as holes) if (
                _all(clauses, Clause) and _all(rules, PlacedRule) and _all(holes, Finding)
            ):
                return Reading(clauses, rules, title, tuple(Heading(*heading) for heading in headings), holes)
            case _:
                raise ValueError("not an encoded reading")


def _all(values: tuple[object, ...], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)


def executed(clause: Clause) -> bool:
    """Whether a sentence is a rule that is obeyed; one in a section marked as prose is not."""
    return bool(clause.sentence.rules) and not clause.prose


def _matters(sentence: Sentence) -> bool:
    return sentence.binding or sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS)


class Reader:
    """Reads passages, asking a cache first. `finish` hands what is new to the cache in one go."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._known: dict[tuple[str, str], tuple[Sentence, ...]] = {}
        self._new: dict[tuple[str, str], tuple[Sentence, ...]] = {}

    def __call__(self, passage: str) -> tuple[Sentence, ...]:
        """The sentences of one passage, read with the verbs that are spoken around the call."""
        asked = (spoken_digest(), passage)
        if asked not in self._known:
            self.prepare((passage,))
        if asked not in self._known:
            # Only where something is to be read: the grammar takes a while to load.
            from syngraph.grammar.parse import read

            self._known[asked] = self._new[asked] = read(passage)
        return self._known[asked]

    def prepare(self, passages: Iterable[str]) -> None:
        """Asks the cache for many passages at once."""
        if isinstance(self.cache, Forgetful):
            return
        verbs = spoken_digest()
        asked = ((verbs, passage) for passage in passages)
        wanted = {key("sentences", FORM, *each): each for each in asked if each not in self._known}
        for name, content in self.cache.get(tuple(wanted)).items():
            try:
                sentences = decode(content)
            except ValueError:
                continue
            if isinstance(sentences, tuple) and _all(sentences, Sentence):
                self._known[wanted[name]] = sentences

    def finish(self) -> None:
        """Hands the passages that were read to the cache."""
        if isinstance(self.cache, Forgetful):
            self._new = {}
        if self._new:
            self.cache.put({key("sentences", FORM, *asked): encode(sentences) for asked, sentences in self._new.items()})
            self._new = {}
