"""Faults of a text, each at the place where a person wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.records import quick


@dataclass(frozen=True, slots=True)
class Replacement:
    """That the words `old`, which stand at `place` in one line of a file, become `new`."""

    place: Place
    old: str
    new: str


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `code` names its page in docs/checks; `place` is where it begins, `end_line`/`end_column` where it ends.

    `end_column` is exclusive, 0 when the end is not known. `source` is the line as written, for the caret, "" when unknown.
    The place has one chain of inclusions; `also` are the others by which the same words came in and have the same fault.
    `fix` is what mends the fault, where that is sure.
    """

    code: str
    message: str
    place: Place
    end_line: int = 0
    end_column: int = 0
    help: str = ""
    source: str = ""
    also: tuple[tuple[Place, ...], ...] = ()
    fix: tuple[Replacement, ...] = ()


def found(code: str, message: str, where: Place | Text, help: str = "") -> Finding:
    """A fault at a place, or of a stretch of text from its first character to its last."""
    if isinstance(where, Place):
        return Finding(code, message, where, help=help)
    if not where:
        return Finding(code, message, where.runs[0][1] if where.runs else Place("", 1, 1), help=help)
    first, last = where.place(0), where.place(len(where) - 1)
    if first.path != last.path or (last.line, last.column) < (first.line, first.column):
        return Finding(code, message, first, help=help)
    return Finding(code, message, first, last.line, last.column + 1, help)


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, one for each fault as written: an object included twice has its faults once."""
    kept: dict[tuple[str, str, int, int], list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        place = finding.place
        same = kept.setdefault((finding.code, place.path, place.line, place.column), [])
        if not same or same[0].place.chain == place.chain:
            same.append(finding)
        elif place.chain not in same[0].also:
            same[0] = replace(same[0], also=(*same[0].also, place.chain))
    return tuple(finding for same in kept.values() for finding in same)
