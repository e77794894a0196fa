"""Faults of a text, each at the place where a person wrote it."""

from dataclasses import dataclass

from syngraph.engine.text.provenance import Place


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
