"""Clauses from a cache: some passages together are found by their words, and what each means is decoded when it is asked for.

The passages of a text are cut into runs where the words of a passage say so, so that an edit changes one run or two, wherever
it is. The bytes of a run are lines: first the spans of its sentences and the digests of their rules, as JSON, and then the
encoded sentences of each passage.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zlib import crc32

from syngraph.engine.cache import key
from syngraph.engine.encoding import FORM, decode
from syngraph.engine.reading import Reader
from syngraph.engine.text.clauses import Clause, Passage
from syngraph.engine.text.provenance import Text
from syngraph.grammar.lexicon import spoken_digest
from syngraph.grammar.sentence import Kind, Sentence, Unread
from syngraph.grammar.span import Span

_IN_RUN = 16
"""How many passages are in a run, about."""
_MOST = 64

_Again = Callable[[str], tuple[Sentence, ...]]
_Told = tuple[int, int, tuple[str, ...]]
"""What is known of a sentence that is not decoded: its span in the passage, and the digests of its rules."""


class _Known:
    """The sentences of a passage, decoded when the first of them is asked for."""

    __slots__ = ("_again", "_content", "_sentences", "_words")

    def __init__(self, words: str, content: bytes, again: _Again) -> None:
        self._words, self._content, self._again = words, content, again
        self._sentences: dict[tuple[int, int], Sentence] | None = None

    def sentence(self, start: int, end: int) -> Sentence:
        """The sentence at a span. One that the cache tells otherwise of than before is read anew."""
        if self._sentences is None:
            self._sentences = self._decoded()
        known = self._sentences.get((start, end))
        if known is None:
            self._sentences = _by_span(self._again(self._words)) | self._sentences
            known = self._sentences.get((start, end)) or _nothing(self._words, start, end)
        return known

    def _decoded(self) -> dict[tuple[int, int], Sentence]:
        try:
            found = decode(self._content)
        except ValueError:
            return {}
        known = isinstance(found, tuple) and all(isinstance(sentence, Sentence) for sentence in found)
        return _by_span(found) if known else {}


class _Recalled(Clause):
    """A clause whose sentence is decoded when it is asked for; equal to the clause that was kept."""

    __slots__ = ("_end", "_held", "_known", "_start")
    _start: int
    _end: int
    _held: tuple[str, ...]
    _known: _Known

    def __init__(self, passage: Passage, told: _Told, text: Text, known: _Known) -> None:
        put = object.__setattr__
        put(self, "section", passage.section)
        put(self, "number", passage.number)
        put(self, "text", text)
        put(self, "prose", passage.prose)
        put(self, "_start", told[0])
        put(self, "_end", told[1])
        put(self, "_held", told[2])
        put(self, "_known", known)

    @property
    def sentence(self) -> Sentence:
        return self._known.sentence(self._start, self._end)

    @property
    def digests(self) -> tuple[str, ...]:
        """Those that were kept."""
        return self._held if len(self._held) == len(self.sentence.rules) else super().digests

    def __eq__(self, other: object) -> bool:
        return self._same() == other

    def __hash__(self) -> int:
        return hash(self._same())

    def __repr__(self) -> str:
        return repr(self._same())

    def _same(self) -> Clause:
        return Clause(self.section, self.number, self.sentence, self.text, self.prose)


def clauses(passages: Sequence[Passage], reader: Reader, again: _Again) -> tuple[Clause, ...]:
    """Every sentence of some passages in order. What the cache of the reader does not know is read and handed to it.

    `again` reads a passage of which the cache turns out not to be right, with the verbs that are spoken now.
    """
    runs = tuple(_runs(passages))
    names = [key("run", FORM, spoken_digest(), *(passage.text.string for passage in run)) for run in runs]
    found = reader.cache.get(tuple(dict.fromkeys(names)))
    opened: dict[str, list[tuple[list[_Told], bytes]]] = {}
    missing: dict[str, tuple[Passage, ...]] = {}
    for name, run in zip(names, runs, strict=True):
        try:
            opened[name] = _opened(found[name], run)
        except (LookupError, TypeError, ValueError, RecursionError):
            missing[name] = run
    if missing:
        reader.prepare([passage.text.string for run in missing.values() for passage in run])
        new = {name: _closed(run, reader) for name, run in missing.items()}
        reader.finish()
        reader.cache.put(new)
        opened |= {name: _opened(new[name], run) for name, run in missing.items()}
    return tuple(
        clause
        for name, run in zip(names, runs, strict=True)
        for passage, (told, content) in zip(run, opened[name], strict=True)
        for clause in _clauses(passage, told, _Known(passage.text.string, content, again))
    )


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[Passage, ...]]:
    first = 0
    for end, passage in enumerate(passages, 1):
        if end - first == _MOST or end == len(passages) or not crc32(_bytes(passage.text.string)) % _IN_RUN:
            yield tuple(passages[first:end])
            first = end


def _bytes(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")


def _clauses(passage: Passage, told: list[_Told], known: _Known) -> Iterator[Clause]:
    for each in told:
        yield _Recalled(passage, each, passage.text[each[0] : each[1]], known)


def _closed(run: Sequence[Passage], reader: Reader) -> bytes:
    """A run as bytes."""
    lines, head = [], []
    for passage in run:
        words = passage.text.string
        said = reader(words)
        made = (Clause("", "", sentence, passage.text, False) for sentence in said)
        head.append([[each.sentence.span.start, each.sentence.span.end, *each.digests] for each in made])
        lines.append(reader.encoded(words))
    return b"\n".join((json.dumps(head, separators=(",", ":")).encode(), *lines))


def _opened(content: bytes, run: Sequence[Passage]) -> list[tuple[list[_Told], bytes]]:
    """What is known of each passage of a run. Raises: LookupError, TypeError, ValueError, RecursionError for other bytes."""
    head, *lines = content.split(b"\n")
    return [
        ([_told(each, len(passage.text.string)) for each in told], line)
        for passage, told, line in zip(run, json.loads(head), lines, strict=True)
    ]


def _told(each: list[Any], length: int) -> _Told:
    start, end, *digests = each
    if not (type(start) is type(end) is int and 0 <= start <= end <= length and all(type(one) is str for one in digests)):
        raise ValueError("no span")
    return start, end, tuple(digests)


def _by_span(sentences: Sequence[Sentence]) -> dict[tuple[int, int], Sentence]:
    return {(sentence.span.start, sentence.span.end): sentence for sentence in sentences}


def _nothing(words: str, start: int, end: int) -> Sentence:
    """What stands for a sentence that nobody finds again: it may bind, and is not read."""
    span = Span(start, end)
    return Sentence(words[start:end], span, Kind.UNREAD, True, unread=Unread(span, "", ("a sentence",)))
