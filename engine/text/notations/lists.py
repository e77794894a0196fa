"""Lists with their markers in brackets, `(a)`, `(i)`, `(1)`, as contracts write them: Markdown does not know them.

An item may begin a paragraph, or a line of one. A marker counts when it is the first of its kind or follows the one before
it; within a paragraph the line above must also end as an item ends, so that a line that happens to begin with `(b)` is not
taken for one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from syngraph.engine.text.document import Block, Item, ItemList, Paragraph
from syngraph.engine.text.provenance import Text, joined

_MARKER = re.compile(r"\(([a-z]{1,5}|[A-Z]{1,5}|[0-9]{1,3})\)\s+(?=\S)")
_ITEM_END = re.compile(r"(?:[:;,.—–]|\b(?:and|or))$")
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text; `broken` when the line break after it is to be kept."""

    text: Text
    broken: bool = False


def flowed(lines: Sequence[Line]) -> Text:
    """The lines as one text: a blank for each line end, a backslash and a line end for one that is kept."""
    if len(lines) == 1:
        return lines[0].text
    pieces: list[Text] = []
    for number, line in enumerate(lines):
        text = line.text
        pieces.append(text)
        if number == len(lines) - 1:
            continue
        end = text.place(len(text))
        if not line.broken:
            pieces.append(Text(" ", ((0, end),)))
        elif text.string.endswith("\\"):
            pieces.append(Text("\n", ((0, end),)))
        else:
            pieces.append(Text("\\\n", ((0, end),)))
    return joined(pieces)


def grouped(parts: Sequence[Block | tuple[Line, ...]]) -> tuple[Block, ...]:
    """The parts as blocks, lines as paragraphs or as the items of lists."""
    done: list[Block] = []
    lists: list[_List] = []

    def close() -> None:
        if lists:
            done.append(lists[0].built())
            lists.clear()

    for part in parts:
        if not isinstance(part, tuple):
            close()
            done.append(part)
            continue
        held: list[Line] = []
        for line in part:
            match = _MARKER.match(line.text.string)
            starts = match is not None and (not held or _ITEM_END.search(held[-1].text.string) is not None)
            if match and starts and (depth := _depth(match[1], lists)) is not None:
                _put(held, lists, done)
                del lists[depth + 1 :]
                if depth == len(lists):
                    lists.append(_List([]))
                lists[depth].items.append(_Item(match[1], [], None))
                if depth:
                    lists[depth - 1].items[-1].inner = lists[depth]
                held = [Line(line.text[match.end() :], line.broken)]
            else:
                if not held and lists:
                    close()
                held.append(line)
        _put(held, lists, done)
    close()
    return tuple(done)


def successor(marker: str, following: str) -> bool:
    """Whether `following` comes right after `marker` in some count (`a` b, `i` ii, `9` 10, `z` aa)."""
    return any(values.get(following) == value + 1 for values in _COUNTS if (value := values.get(marker)) is not None)


@dataclass(slots=True)
class _Item:
    marker: str
    blocks: list[Block]
    inner: "_List | None"


@dataclass(slots=True)
class _List:
    items: list[_Item]

    def built(self) -> ItemList:
        return ItemList(
            tuple(
                Item(f"({item.marker})", (*item.blocks, *((item.inner.built(),) if item.inner else ()))) for item in self.items
            ),
            ordered=True,
        )


def _put(held: list[Line], lists: list[_List], done: list[Block]) -> None:
    if not held:
        return
    paragraph = Paragraph(flowed(held))
    if lists:
        lists[-1].items[-1].blocks.append(paragraph)
    else:
        done.append(paragraph)


def _depth(marker: str, lists: list[_List]) -> int | None:
    """The level at which a marker goes on a list or begins one; None when it does neither."""
    for depth in range(len(lists) - 1, -1, -1):
        if successor(lists[depth].items[-1].marker, marker):
            return depth
    first = marker in ("a", "A", "i", "I", "1")
    return len(lists) if first and len(lists) < 6 else None


def roman(number: int) -> str:
    """A number from 1 to 39 in small Roman figures."""
    figures = ""
    for figure, value in _ROMAN:
        while number >= value:
            figures += figure
            number -= value
    return figures


def letters(number: int) -> str:
    """The nth of a, b, ... z, aa, bb, ... as lists count."""
    turn, index = divmod(number - 1, 26)
    return "abcdefghijklmnopqrstuvwxyz"[index] * (turn + 1)


_LETTERS = {letters(n): n for n in range(1, 79)}
_ROMANS = {roman(n): n for n in range(1, 40)}
_COUNTS = (
    _LETTERS,
    {word.upper(): n for word, n in _LETTERS.items()},
    _ROMANS,
    {word.upper(): n for word, n in _ROMANS.items()},
    {str(n): n for n in range(1, 1000)},
)
