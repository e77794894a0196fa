"""How a verb gets at the agreement that it is about."""

from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.cli.manners import memory

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement


def agreement(path: Path, rev: str | None) -> "Agreement":
    """The agreement at a path, with the cache of this user. Imported here, so that help pages need not load the engine.

    Raises: StoreError and the other errors of `Agreement.open`.
    """
    from syngraph.engine.agreement import Agreement

    return Agreement.open(path, rev, memory.cache())
