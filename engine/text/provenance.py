"""Text that knows where every character of it was written."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file: `line` and `column` count from 1, columns in characters.

    `chain` are the places of the inclusions and placeholders through which the text came in, outermost first.
    """

    path: str
    line: int
    column: int
    chain: tuple["Place", ...] = ()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Text:
    """A string whose characters have places.

    `runs` are (offset, place) in rising order of offset: character `offset + n` of the string was written `n` columns right
    of `place`, up to the next run. A text that is not empty has a run at offset 0.

    >>> t = Text("Pay EUR 5.", ((0, Place("a.md", 3, 1)), (4, Place("a.md", 1, 8))))
    >>> str(t.place(6)), str(t[4:9].place(0))
    ('a.md:1:10', 'a.md:1:8')
    """

    string: str
    runs: tuple[tuple[int, Place], ...] = ()

    def __str__(self) -> str:
        return self.string

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def place(self, offset: int) -> Place:
        """Where the character at `offset` was written; an offset past the end counts on from the last run.

        Raises: IndexError when the text has no run.
        """
        index = bisect_right(self.runs, offset, key=_offset) - 1
        start, place = self.runs[max(index, 0)]
        return Place(place.path, place.line, place.column + offset - start, place.chain)

    def __getitem__(self, part: slice) -> "Text":
        start, stop, step = part.indices(len(self.string))
        if step != 1:
            raise ValueError("a text is cut without steps")
        if start >= stop:
            return Text("")
        if start == 0 and stop == len(self.string) and self.runs[0][0] == 0 and self.runs[-1][0] < stop:
            return self
        first = bisect_right(self.runs, start, key=_offset) - 1
        last = bisect_left(self.runs, stop, first + 1, key=_offset)
        runs = [(0, self.place(start))]
        runs += [(at - start, place) for at, place in self.runs[first + 1 : last]]
        return Text(self.string[start:stop], tuple(runs))


NOTHING = Text("")
"""The empty text."""


def joined(pieces: Iterable[Text]) -> Text:
    """The pieces one after the other, each character keeping its place."""
    strings: list[str] = []
    runs: list[tuple[int, Place]] = []
    length = 0
    for piece in pieces:
        if piece.string:
            strings.append(piece.string)
            runs += [(at + length, place) for at, place in piece.runs]
            length += len(piece.string)
    return Text("".join(strings), tuple(runs))


def _offset(run: tuple[int, Place]) -> int:
    return run[0]
