"""Passages read as sentences, each only once: what a cache knows is not read again."""

from collections.abc import Iterable

from syngraph.engine.cache import Cache, key
from syngraph.engine.encoding import FORM, decode, encode
from syngraph.grammar.sentence import Sentence


class Reader:
    """Reads passages, asking a cache first. `finish` hands what is new to the cache in one go."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._known: dict[str, tuple[Sentence, ...]] = {}
        self._new: dict[str, tuple[Sentence, ...]] = {}

    def __call__(self, passage: str) -> tuple[Sentence, ...]:
        """The sentences of one passage."""
        if passage not in self._known:
            self.prepare((passage,))
        if passage not in self._known:
            # Only where something is to be read: the grammar takes a while to load.
            from syngraph.grammar.parse import read

            self._known[passage] = self._new[passage] = read(passage)
        return self._known[passage]

    def prepare(self, passages: Iterable[str]) -> None:
        """Asks the cache for many passages at once."""
        wanted = {key("sentences", FORM, passage): passage for passage in passages if passage not in self._known}
        for name, content in self.cache.get(tuple(wanted)).items():
            try:
                self._known[wanted[name]] = decode(content)
            except ValueError:
                continue

    def finish(self) -> None:
        """Hands the passages that were read to the cache."""
        if self._new:
            self.cache.put({key("sentences", FORM, passage): encode(sentences) for passage, sentences in self._new.items()})
            self._new = {}
