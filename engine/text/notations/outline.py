"""A body cut at its headings, and the pieces in which nothing but paragraphs stands: most texts need no more to be read.

Cutting is safe where each line that begins with a number sign is surely a heading: no fence may be open above it, no table
begin with it, no nesting be so deep that the Markdown library gives up before it. What is not sure is not cut.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from syngraph.engine.text.objects import Draft

_UNSURE = re.compile(r"[\r\0]|```|~~~|^[ \t>*+\-0-9.)]{15}", re.MULTILINE)
"""What makes cutting unsafe wherever it stands: fences, nesting that may be cut off, line ends and signs that are replaced."""
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=[^\s#])(.*[^\s#])\s*")
"""A heading with words, and with no number sign at its end."""
_PARAGRAPH = re.compile(r"[ \t]*(?:[^\W\d_]|\d+(?![\d.)])|[*_]{1,3}[^\W_]|[“”‘’\"'(\[{<§€£$\\])")
"""How a line begins that can be in a paragraph only, whatever stands above it but a list or a quotation."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of a body from `first` up to `end`, counted from 0: a heading and what stands below it up to the next.

    `level` is that of the heading and `title` its words, 0 and "" where there is none or the piece is not `plain`.
    `paragraphs` are the first lines and the ends of the paragraphs in a `plain` piece; another is for the Markdown library.
    """

    first: int
    end: int
    level: int
    title: str
    plain: bool
    paragraphs: tuple[tuple[int, int], ...]


def pieces(body: str, lines: Sequence[str]) -> tuple[Piece, ...] | None:
    """The pieces of a body, all its lines in order; None where it cannot be cut safely. `lines` are those of `body`.

    >>> [(p.level, p.title, p.paragraphs) for p in pieces("# Dues\\n\\nPay.\\nNow.", ["# Dues", "", "Pay.", "Now."])]
    [(1, 'Dues', ((2, 4),))]
    """
    if _UNSURE.search(body):
        return None
    heads = [number for number, line in enumerate(lines) if line.startswith("#") and _is_heading(line)]
    if any(at + 1 < len(lines) and _may_rule(lines[at + 1]) for at in heads):
        return None
    return tuple(_pieces(heads, lines))


def _is_heading(line: str) -> bool:
    signs = len(line) - len(line.lstrip("#"))
    return signs <= 6 and (len(line) == signs or line[signs] in " \t")


def _may_rule(line: str) -> bool:
    """Whether a line might make a table of the one above."""
    return "-" in line and not line.strip(" \t|:-")


def _pieces(heads: Sequence[int], lines: Sequence[str]) -> Iterator[Piece]:
    bounds = [*heads, len(lines)]
    if bounds[0]:
        yield _piece(lines, 0, bounds[0], False)
    for first, end in zip(heads, bounds[1:], strict=True):
        yield _piece(lines, first, end, True)


def _piece(lines: Sequence[str], first: int, end: int, headed: bool) -> Piece:
    level, title = 0, ""
    if headed:
        match = _HEADING.fullmatch(lines[first])
        if match is None:
            return Piece(first, end, 0, "", False, ())
        level, title = len(match[1]), match[2]
    paragraphs: list[tuple[int, int]] = []
    begun = -1
    for number in range(first + headed, end):
        line = lines[number]
        if not line.strip(" \t"):
            if begun >= 0:
                paragraphs.append((begun, number))
            begun = -1
        elif not _PARAGRAPH.match(line):
            return Piece(first, end, 0, "", False, ())
        elif begun < 0:
            begun = number
    if begun >= 0:
        paragraphs.append((begun, end))
    return Piece(first, end, level, title, True, tuple(paragraphs))


def nested(drafts: list[Draft]) -> Iterator[Draft]:
    """The drafts as trees: each holds those after it with a deeper heading."""
    index = 0
    while index < len(drafts):
        end = index + 1
        while end < len(drafts) and drafts[end].level > drafts[index].level:
            end += 1
        children = tuple(nested(drafts[index + 1 : end]))
        yield renamed(drafts[index], drafts[index].id, children) if children else drafts[index]
        index = end


def renamed(draft: Draft, name: str, children: tuple[Draft, ...] | None = None) -> Draft:
    """A draft with an id, derived where it is not the one that it has, and with other sections below it if any are given."""
    return replace(
        draft, id=name, derived=draft.derived or name != draft.id, children=draft.children if children is None else children
    )
