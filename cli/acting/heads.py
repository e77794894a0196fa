"""The heads that this user has seen, kept outside every repository: what was seen once cannot be taken back unnoticed.

A rewritten branch looks like any other to who sees it for the first time. One small file for each repository holds the
transition that was last seen there; a chain that does not have it any more was rewritten.
"""

import json
import os
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.cli.manners import writing
from syngraph.engine.text.errors import TextError

if TYPE_CHECKING:
    from syngraph.engine.text.store import Repository
    from syngraph.engine.verify import Verification


@dataclass(frozen=True, slots=True)
class Head:
    """What was seen: the lineage, its last transition with the commit and the number of it (from 1), and when."""

    lineage: str
    transition: str
    commit: str
    count: int
    seen: str


class RewrittenError(TextError):
    """A chain that lacks what this user has seen of it."""


def folder() -> Path | None:
    """Where heads are kept: as `SYNGRAPH_STATE` says (a folder, or `off`), or in the user's state folder. None: nowhere."""
    wish = os.environ.get("SYNGRAPH_STATE", "")
    if wish.casefold() in {"off", "0", "no"}:
        return None
    if wish:
        return Path(wish) / "heads"
    from platformdirs import user_state_path

    return user_state_path("syngraph", appauthor=False) / "heads"


def last(repo: "Repository", below: str) -> Head | None:
    """The head that was last seen of the agreement `below` the top of a repository; None where none was, or where what is
    kept cannot be read.

    To be asked before the chain is read: others may add to it, and remember that, while it is.
    """
    file = _file(repo, below)
    if file is None:
        return None
    try:
        said = json.loads(file.read_bytes())
        head = Head(**{name: said[name] for name in Head.__slots__})
        datetime.fromisoformat(head.seen)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return head


def rewritten(verification: "Verification", head: Head | None) -> RewrittenError | None:
    """Why the chain cannot be the one of which `head` was seen before; None where nothing seen is missing."""
    known: Container[str] = verification.ledger.days
    if head is None or head.transition in known:
        return None
    where = str(verification.repository.path)
    day = head.seen[:10]
    if verification.ledger.lineage != head.lineage:
        there = verification.ledger.lineage
        return RewrittenError(
            f"the lineage {there[:16]}… where {head.lineage[:16]}… was on {day}"
            if there
            else f"no founding, where one was on {day}",
            "the agreement that you have seen there",
            "if it is meant to be another one, `syngraph verify --forget` accepts it",
            path=where,
        )
    return RewrittenError(
        f"a branch rewritten since you last saw it on {day}: transition {head.count} ({head.transition[:16]}…, commit"
        f" {head.commit[:10]}) is gone",
        "everything that you have seen, and what came after it",
        f"ask the others what they have; `git branch seen {head.commit[:10]}` brings it back while git still has it, and"
        " `syngraph verify --forget` accepts what is there now",
        path=where,
    )


def remember(verification: "Verification", now: Callable[[], datetime]) -> None:
    """Keeps the head of a valid chain; where nothing can be written, nothing is kept."""
    file = _file(verification.repository, verification.below)
    transitions = verification.transitions
    if file is None or not verification.valid:
        return
    head = transitions[-1]
    known = last(verification.repository, verification.below)
    if known is not None and (known.transition == head.id or known.transition not in verification.ledger.days):
        return  # nothing new, or somebody else has seen more meanwhile
    kept = Head(verification.ledger.lineage, head.id, head.commit, len(transitions), now().isoformat(timespec="seconds"))
    said = {"repository": _name(verification.repository, verification.below), **asdict(kept)}
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        writing.write(file, (json.dumps(said, indent=2) + "\n").encode("utf-8", "surrogateescape"))


def forget(repo: "Repository", below: str) -> None:
    """Lets go of what was seen there."""
    file = _file(repo, below)
    if file is not None:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _file(repo: "Repository", below: str) -> Path | None:
    where = folder()
    name = sha256(_name(repo, below).encode("utf-8", "surrogateescape")).hexdigest()
    return where / f"{name}.json" if where is not None else None


def _name(repo: "Repository", below: str) -> str:
    """The repository, and the agreement in it."""
    return f"{repo.common.resolve()}#{below}"
