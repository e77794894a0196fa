"""Text set into columns, with the place of every line in it, so that a word can be pointed at."""

import re
import shutil
import sys
from dataclasses import dataclass

from syngraph.cli.manners.output import columns, plain

WIDEST = 120
"""Columns that a line for people never goes beyond."""
_NARROWEST = 24
_PIECE = re.compile(r"\S+\s*|\s+")


def width() -> int:
    """The columns of the terminal; 0, which folds nothing, where there is none."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: where it begins there, and its characters."""

    start: int
    text: str


def folded(text: str, room: int) -> tuple[Line, ...]:
    """A text in lines of at most `room` columns, cut between words where that is possible; 0 cuts nothing.

    >>> [line.text for line in folded("The Rent is due.", 24)], len(folded("x" * 60, 24))
    (['The Rent is due.'], 3)
    """
    if not room:
        return (Line(0, text),)
    room = max(room, _NARROWEST)
    lines: list[Line] = []
    start, used = 0, 0
    for piece in _PIECE.finditer(text):
        wide = columns(plain(piece[0].rstrip()))
        if used and used + wide > room:
            lines.append(Line(start, text[start : piece.start()].rstrip()))
            start, used = piece.start(), 0
        if wide > room:
            cuts = _cut(text, piece.start(), piece.end(), room)
            lines += [Line(begin, text[begin:end]) for begin, end in cuts[:-1]]
            start = cuts[-1][0]
            used = columns(plain(text[start : piece.end()]))
            continue
        used += columns(plain(piece[0]))
    lines.append(Line(start, text[start:].rstrip()))
    return tuple(lines)


def _cut(text: str, start: int, end: int, room: int) -> list[tuple[int, int]]:
    """A word that is wider than the room in pieces of characters; what takes two columns counts so."""
    cuts: list[tuple[int, int]] = []
    begin, used = start, 0
    for at in range(start, end):
        wide = columns(plain(text[at]))
        if used and used + wide > room:
            cuts.append((begin, at))
            begin, used = at, 0
        used += wide
    return [*cuts, (begin, end)]
