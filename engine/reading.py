"""A text as it was read, and the reading of passages, each only once: what a cache knows is not read again."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from syngraph.engine.cache import Cache, Forgetful, key
from syngraph.engine.encoding import FORM, decode, encode
from syngraph.engine.layout import Heading
from syngraph.engine.text.clauses import Clause, PlacedRule, placed
from syngraph.engine.text.findings import Finding
from syngraph.grammar.lexicon import spoken_digest
from syngraph.grammar.sentence import Kind, Sentence


@dataclass(frozen=True)
class Reading:
    """A text, read: its sentences in order, what they mean, its title and the headings of its sections.

    `holes` are the findings that mean that a part of the text is missing: what it says cannot be judged. The rules are
    placed when they are first asked for and kept (so the class has no slots).
    """

    clauses: tuple[Clause, ...]
    title: str
    headings: tuple[Heading, ...]
    holes: tuple[Finding, ...] = ()

    @cached_property
    def rules(self) -> tuple[PlacedRule, ...]:
        """What the sentences mean."""
        return placed(self.clauses)

    @property
    def unexecuted(self) -> tuple[Clause, ...]:
        """The sentences that bind somebody, or may, and gave no rule."""
        return tuple(clause for clause in self.clauses if not executed(clause) and _matters(clause.sentence))


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
        self._new: set[tuple[str, str]] = set()
        self._bytes: dict[tuple[str, str], bytes] = {}

    def __call__(self, passage: str) -> tuple[Sentence, ...]:
        """The sentences of one passage, read with the verbs that are spoken around the call."""
        asked = (spoken_digest(), passage)
        if asked not in self._known:
            self.prepare((passage,))
        if asked not in self._known:
            # Only where something is to be read: the grammar takes a while to load.
            from syngraph.grammar.parse import read

            self._known[asked] = read(passage)
            self._new.add(asked)
        return self._known[asked]

    def encoded(self, passage: str) -> bytes:
        """The sentences of one passage as bytes, for a cache; without any line feed."""
        asked = (spoken_digest(), passage)
        if asked not in self._bytes:
            self._bytes[asked] = encode(self(passage))
        return self._bytes[asked]

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
                if b"\n" not in content:
                    self._bytes[wanted[name]] = content

    def finish(self) -> None:
        """Hands the passages that were read to the cache."""
        if self._new and not isinstance(self.cache, Forgetful):
            new = {asked: self._bytes.get(asked) or encode(self._known[asked]) for asked in self._new}
            self.cache.put({key("sentences", FORM, *asked): content for asked, content in new.items()})
        self._new.clear()
