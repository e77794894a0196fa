"""A sentence without what only its typing brought in, and with the names of those whom it calls by a pronoun.

Blanks in a row, the stars of strong emphasis, and `not` drawn together with the word before it.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from syngraph.grammar.faults.leading import led
from syngraph.grammar.phrases.antecedents import antecedent
from syngraph.grammar.span import Span

_ROUGH = re.compile(
    r"(?<=\S)\s{2,}(?=\S)|\*\*|(?<![\w’'-])(?P<stem>[Cc]a|[Ww]o|[Ss]ha|must|need|is|are|do|does|did|has|have|was|were)n['’]t(?![\w’'-])"
)
_STEMS = {"ca": "cannot", "wo": "will not", "sha": "shall not"}


@dataclass(frozen=True, slots=True)
class Smooth:
    """A smoothed text. `marks` are offsets in it and in the text as written, in order; between them both run alike."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def back(self, span: Span) -> Span:
        """Where a span of the smoothed text stands in the text as written."""
        return Span(self._at(span.start), self._at(span.end))

    def _at(self, offset: int) -> int:
        place = bisect_right(self.marks, (offset, len(self.text) * 9 + 9)) - 1
        ours, theirs = self.marks[place]
        following = self.marks[place + 1][1] if place + 1 < len(self.marks) else theirs + offset - ours
        return min(theirs + offset - ours, following)


def smoothed(text: str) -> Smooth | None:
    """The text with single blanks and `not` as a word of its own; None where it is so already.

    >>> found = smoothed("The Tenant  mustn't smoke.")
    >>> found.text, found.back(Span(20, 25))
    ('The Tenant must not smoke.', Span(start=20, end=25))
    """
    if "  " not in text and "n't" not in text and "n’t" not in text and "**" not in text:
        return None
    pieces: list[str] = []
    marks = [(0, 0)]
    length = done = 0
    for rough in _ROUGH.finditer(text):
        stem = rough["stem"]
        instead = _negated(stem) if stem else "" if rough[0] == "**" else " "
        length += rough.start() - done + len(instead)
        pieces += (text[done : rough.start()], instead)
        done = rough.end()
        marks.append((length, done))
    return Smooth("".join(pieces) + text[done:], tuple(marks)) if pieces else None


def with_names(text: str) -> Smooth | None:
    """The text with the name of its bearer for a pronoun, or with a beginning or end as it is read; None where neither is needed,
    or nobody can tell whom the pronoun means.

    >>> with_names("If the Tenant leaves early, it shall pay the Landlord EUR 50.").text
    'If the Tenant leaves early, the Tenant shall pay the Landlord EUR 50.'
    """
    if (found := led(text) or antecedent(text)) is None:
        return None
    start, end, said = found
    marks = ((start, start),) if start else ()
    return Smooth(f"{text[:start]}{said}{text[end:]}", ((0, 0), *marks, (start + len(said), end)))


def _negated(stem: str) -> str:
    said = _STEMS.get(stem.lower(), f"{stem} not")
    return said.capitalize() if stem[0].isupper() else said
