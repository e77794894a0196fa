"""Faults of a text, each at the place where a person wrote it."""

from dataclasses import dataclass

from syngraph.engine.text.provenance import Place, Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `code` names its page in docs/checks; `place` is where it begins, `end_line`/`end_column` where it ends.

    `end_column` is exclusive, 0 when the end is not known. `source` is the line as written, for the caret, "" when unknown.
    """

    code: str
    message: str
    place: Place
    end_line: int = 0
    end_column: int = 0
    help: str = ""
    source: str = ""


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
