"""What is told of a page that was put into words: of which kind it was, and which words it was about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_REMARKS = 1_000


class Struck(StrEnum):
    """What becomes of words that are struck out."""

    REFUSE = "refuse"
    KEEP = "keep"
    DROP = "drop"


class Kind(StrEnum):
    """What a remark is about."""

    DROPPED = "dropped"
    KEPT = "kept"
    HIDDEN = "hidden"
    SET = "set"
    IMAGE = "image"
    FIELD = "field"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was put into words or left out: the words, shortened, and the line of the HTML."""

    kind: Kind
    words: str
    line: int


def told(remarks: Sequence[Remark], shown: int = 4) -> tuple[str, ...]:
    """The remarks in a line for each kind, with the first `shown` of their words."""
    lines: list[str] = []
    for kind, (one, many) in _TOLD.items():
        words = [remark.words for remark in remarks if remark.kind is kind]
        if words:
            more = f" and {len(words) - shown:,} more" if len(words) > shown else ""
            first = ", ".join(f"“{word}”" if word else "without words" for word in words[:shown])
            lines.append(f"{len(words):,} {one if len(words) == 1 else many}: {first}{more}")
    lines += [f"cells that reach over others repeated: {each.words}" for each in remarks if each.kind is Kind.CELL]
    return tuple(lines)


_TOLD = {
    Kind.DROPPED: ("stretch of struck words left out", "stretches of struck words left out"),
    Kind.KEPT: ("stretch of struck words kept", "stretches of struck words kept"),
    Kind.HIDDEN: ("stretch of hidden words left out", "stretches of hidden words left out"),
    Kind.SET: ("raised or lowered figure or note written out", "raised or lowered figures or notes written out"),
    Kind.IMAGE: ("image left out, its words kept", "images left out, their words kept"),
    Kind.FIELD: ("field of a form written as its value", "fields of a form written as their values"),
}
