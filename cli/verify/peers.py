"""Two clones of one agreement: which is ahead, or from where on they differ."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syngraph.cli.acting import chain
from syngraph.cli.manners import memory

if TYPE_CHECKING:
    from syngraph.engine.verify import Verification


@dataclass(frozen=True, slots=True)
class Compared:
    """How this clone stands to another: `same`, `ahead`, `behind`, `diverged`, `other` (another lineage) or `broken`.

    `common` is how many transitions both have; `here` and `there` are how many each has besides.
    """

    peer: Path
    state: str
    common: int
    here: int
    there: int

    @property
    def apart(self) -> bool:
        """Whether the two cannot both be right."""
        return self.state in ("diverged", "other", "broken")

    @property
    def told(self) -> str:
        """The same in a sentence."""
        match self.state:
            case "same":
                return f"the same head as {self.peer}"
            case "ahead":
                return f"ahead of {self.peer} by {_some(self.here)}"
            case "behind":
                return f"behind {self.peer} by {_some(self.there)}; fetch them"
            case "diverged":
                return (
                    f"diverged from {self.peer} after transition {self.common}: {_some(self.here)} here, {_some(self.there)}"
                    " there; both are lawful, and only the members can say which goes on"
                )
            case "broken":
                return f"{self.peer} is not valid; `syngraph verify {self.peer}` says why"
            case _:
                return f"{self.peer} is another agreement: its lineage is another"

    def fields(self) -> dict[str, Any]:
        """The same as the documented fields."""
        return {
            "peer": str(self.peer),
            "state": self.state,
            "common": self.common,
            "ahead": self.here,
            "behind": self.there,
        }


def compared(verification: "Verification", peer: Path) -> Compared:
    """How a chain stands to that of another clone. Raises: StoreError, click.UsageError"""
    from syngraph.engine.verify import verify

    other = verify(chain.folder(peer), cache=memory.cache())
    mine = [each.id for each in verification.transitions]
    theirs = [each.id for each in other.transitions]
    common = next(
        (number for number, (one, two) in enumerate(zip(mine, theirs, strict=False)) if one != two), min(len(mine), len(theirs))
    )
    here, there = len(mine) - common, len(theirs) - common
    if not other.valid:
        state = "broken"
    elif common == 0:
        state = "other"
    elif here and there:
        state = "diverged"
    else:
        state = "ahead" if here else "behind" if there else "same"
    return Compared(peer, state, common, here, there)


def _some(count: int) -> str:
    return f"{count} transition{'s' if count != 1 else ''}"
