"""What becomes of a merge: a text, or conflicts that somebody has to decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from syngraph.engine.text.provenance import Place
from syngraph.engine.text.units import Name


class ConflictKind(StrEnum):
    """What two sides cannot both have."""

    TEXT = "text"
    """Both changed a clause, and not alike."""
    STRUCTURE = "structure"
    """One moved or deleted what the other changed, or the clauses cannot stand as both have them."""
    REFERENCE = "reference"
    """Something is named that no longer exists once both sides are in, or is now something else."""
    NORM = "norm"
    """The rules of both sides cannot both be obeyed, or a decision can no longer be taken."""
    DECISION = "decision"
    """Two thresholds for one matter."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side has: its words, None where it has nothing, and where they stand."""

    text: str | None = None
    place: Place | None = None


NOTHING = Side()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict. `path` and `name` are the file and the clause, `what` says in words what is wrong.

    `situation` tells, of rules, in what situation both cannot be obeyed.
    """

    kind: ConflictKind
    path: str
    name: Name | None
    what: str
    ours: Side = NOTHING
    theirs: Side = NOTHING
    base: Side = NOTHING
    situation: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """A clean merge: what becomes of the files of our side, None for one that is gone. Others stay as they are.

    `unjudged` says why the meaning of the sides was not compared, "" where it was.
    """

    files: Mapping[str, bytes | None]
    unjudged: str = ""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What stands against a merge, in the order of files and clauses; of meaning only where the words merge."""

    conflicts: tuple[Conflict, ...]
