"""One pass over a clause: words are looked up, phrases recognised, and what is between them kept as it is."""

import re
from collections.abc import Callable
from typing import Any

from syngraph.grammar.chunks.modals import SAID_MODAL
from syngraph.grammar.phrases.times import Opening


class Chunk(str):
    """A token of the clause grammar: the text itself, `start_pos` its offset in the clause, `meaning` what it stands for."""

    __slots__ = ("end_pos", "meaning", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int
    meaning: Any


def made(kind: str, text: str, start: int, meaning: object) -> Chunk:
    """A chunk of `text` at offset `start`."""
    chunk = Chunk(text)
    chunk.type, chunk.meaning = kind, meaning
    chunk.start_pos, chunk.end_pos = start, start + len(text)
    return chunk


class DoubtError(Exception):
    """A phrase that could belong to two parts of the clause. `readings` are the clauses it could mean."""

    def __init__(self, start: int, end: int, readings: tuple[str, ...]) -> None:
        super().__init__(readings)
        self.start, self.end, self.readings = start, end, readings


class MisfitError(Exception):
    """A word that fits nowhere. `start` is its offset in the clause, `expected` what would fit, `instead` a word that would."""

    def __init__(self, start: int, word: str, expected: tuple[str, ...], instead: str = "") -> None:
        super().__init__(word)
        self.start, self.word, self.expected, self.instead = start, word, expected, instead


# -- the scanner -------------------------------------------------------------------------------------------------------

Handler = Callable[["Scanner", re.Match[str]], bool]
_TIME_OF_DAY = re.compile(r"(?:noon|midnight|\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o’clock|o'clock))(?!\w)", re.IGNORECASE)
_LOOSE_END = re.compile(r"(?:^|\s)(?:and|or|but)$")
_ONE_OF = re.compile(r"(?:the\s)?(?:later|earlier|latest|earliest)\sof\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:(?:the|a|an|of|to|by|and|or|each|any|its|such)\s?)*", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+|[^\w\s]")


class Scanner:
    """One pass over a clause. `chunks` grows; `waiting` is where words that belong to no chunk yet began, -1 for none."""

    __slots__ = ("_looked", "chunks", "end", "main", "open", "stated", "taken", "text", "waiting")

    def __init__(self, text: str, end: int) -> None:
        self.text, self.end = text, end
        self.taken = 0
        self.chunks: list[Chunk] = []
        self.waiting = -1
        self.open: tuple[Opening, re.Match[str]] | None = None
        self.main = False
        self.stated = False
        self._looked = (end + 1, end)

    def binds_later(self) -> bool:
        """Whether a word that binds stands in the words that wait or after them: what was found once is remembered."""
        start = max(self.waiting, 0)
        since, found = self._looked
        if not since <= start <= found:
            said = SAID_MODAL.search(self.text, start, self.end)
            found = said.start() if said else self.end
            self._looked = start, found
        return found < self.end

    def scan(self, start: int, triggers: dict[str, tuple[tuple[re.Pattern[str], Handler], ...]]) -> list[Chunk]:
        """The chunks from `start` to the end of the clause."""
        text, end, at = self.text, self.end, start
        for word in _WORD.finditer(text, start, end):
            begin = word.start()
            if begin < at:
                if word.end() <= at:
                    continue
                # A phrase ended within this word: what is left of it is a word.
                begin = at
            for pattern, handler in triggers.get(text[begin : word.end()].lower(), ()):
                match = pattern.match(text, begin, end)
                if match is not None and handler(self, match):
                    at = match.end() if self.open else max(self.taken, begin + 1)
                    break
            else:
                if self.waiting == -1:
                    self.waiting = begin
                at = word.end()
        self.flush(end)
        return self.chunks

    def flush(self, upto: int) -> None:
        """Close what is open: the words from `waiting` to `upto` become a chunk of their own, or fill the open phrase."""
        begin = self.waiting
        self.waiting = -1
        raw = self.text[begin:upto] if begin >= 0 else ""
        words = raw.strip()
        if self.open is not None:
            opening, match = self.open
            self.open = None
            start, after = match.start(), match.end()
            inner = self.text[after:upto]
            stop = inner.find(", ")
            if stop < 0 and inner.rstrip().endswith(","):
                stop = inner.rstrip().rfind(",")
            said = (inner if stop < 0 else inner[:stop]).strip(" ,")
            if _NOTHING.fullmatch(said) or _TIME_OF_DAY.match(said) or _LOOSE_END.search(said) or _ONE_OF.match(said):
                raise MisfitError(start, self.text[start:after].strip(), (opening.wants,))
            close = after + (len(inner.rstrip()) if stop < 0 else stop)
            self.chunks.append(made("TIME", self.text[start:close].strip(), start, opening.build(match, said)))  # type: ignore[misc]
            if stop >= 0:
                self.comma(after + stop)
                rest = inner[stop + 1 :]
                if rest.strip():
                    self.words(rest, after + stop + 1)
            return
        if words:
            self.words(raw, begin)

    def words(self, raw: str, begin: int) -> None:
        """Add free words, with the comma that ends or begins them as a chunk of its own."""
        offset = begin + len(raw) - len(raw.lstrip())
        words = raw.strip()
        if words.startswith(","):
            self.comma(offset)
            rest = words[1:]
            offset += 1 + len(rest) - len(rest.lstrip())
            words = rest.strip()
        trailing = words.endswith(",")
        words = words.rstrip(", ")
        if words:
            self.chunks.append(made("TEXT", words, offset, None))
        if trailing:
            self.comma(offset + len(words))

    def comma(self, at: int) -> None:
        """Add a comma."""
        if self.chunks and self.chunks[-1].type == "COMMA":
            return
        self.chunks.append(made("COMMA", ",", at, None))

    def add(self, kind: str, match: re.Match[str], meaning: object) -> bool:
        """Add the chunk that `match` found."""
        self.flush(match.start())
        self.chunks.append(made(kind, match[0], match.start(), meaning))
        self.taken = match.end()
        return True
