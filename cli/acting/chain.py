"""How a verb gets at the chain of an agreement."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import author, heads
from syngraph.cli.manners import instants, memory
from syngraph.engine.text.manifest import RECORD
from syngraph.engine.text.store import MANIFEST

if TYPE_CHECKING:
    from syngraph.engine.cache import Cache
    from syngraph.engine.governance.chain.transitions import Transition
    from syngraph.engine.text.store import Repository
    from syngraph.engine.verify import Verification

FOUNDING = f"{RECORD}founding"


def opened(path: Path, cache: "Cache | None" = None) -> "Verification":
    """The chain of the agreement at a path, judged, founded and sound, with nothing missing that was seen before.

    Raises: EnactingError where there is none or it is broken, heads.RewrittenError, StoreError
    """
    from syngraph.engine.enacting import sound
    from syngraph.engine.text.store import open_repository
    from syngraph.engine.verify import verify

    where = folder(path)
    seen = heads.last(*open_repository(where))
    verification = sound(verify(where, cache=cache or memory.cache()))
    lost = heads.rewritten(verification, seen)
    if lost is not None:
        raise lost
    return verification


def ahead(verification: "Verification", at: str | None) -> list["Transition"]:
    """The transitions dated more than a day later than it is (or `at` says that it is): their dates cannot be true yet.

    Raises: click.UsageError for a bad day
    """
    latest = author.moment(at, UTC).date() + timedelta(days=1)
    return [each for each in verification.transitions if each.day > latest]


def remember(verification: "Verification") -> None:
    """Keeps the head of a chain as seen now."""
    heads.remember(verification, lambda: instants.now(UTC))


def folder(path: Path) -> Path:
    """The folder of the agreement that a path means: itself, or the nearest above it with a manifest; in a repository whose
    top has none, the only agreement in it.

    Raises: click.UsageError where a repository holds several and none is named; StoreError
    """
    from syngraph.engine.text.store import open_repository

    whole = path.absolute()
    for at in (whole, *whole.parents):
        if (at / MANIFEST).is_file():
            return at
        if (at / ".git").exists():
            break
    repo, below = open_repository(path)
    tip = repo.head()
    if tip is None:
        return path
    top = repo.commit(tip).tree
    at_tip = repo.folder(top, below)
    if at_tip is None or _has_manifest(repo, at_tip):
        return path
    found = agreements(repo, at_tip)
    if len(found) > 1:
        raise click.UsageError(f"{path} holds {len(found)} agreements: {_listed(found)}; name the folder of one")
    return path / found[0] if found else path


def agreements(repo: "Repository", tree: str) -> tuple[str, ...]:
    """The folders of the agreements in a folder of a repository, by its id, sorted.

    A manifest above others hides none of them: whether agreements may lie in one another is for whoever judges them to say.

    Raises: StoreError
    """
    found: list[str] = []
    folders = [("", tree, 0)]
    while folders:
        prefix, oid, depth = folders.pop()
        held = _has_manifest(repo, oid)
        if held:
            found.append(prefix.rstrip("/"))
        if depth == _DEPTH:
            continue
        for entry in repo.entries(oid):
            if entry.mode == _FOLDER and not (held and entry.name == _RECORD):
                folders.append((f"{prefix}{entry.name.decode('utf-8', 'surrogateescape')}/", entry.oid, depth + 1))
    return tuple(sorted(found))


_FOLDER = 0o040000
_RECORD = RECORD.rstrip("/").encode()
_FILE = 0o100644
_DEPTH = 256


def _has_manifest(repo: "Repository", tree: str) -> bool:
    return any(entry.name == MANIFEST.encode() and entry.mode != _FOLDER for entry in repo.entries(tree))


def _listed(found: Sequence[str]) -> str:
    return ", ".join(found[:8]) + (", …" if len(found) > 8 else "")


def founded(path: Path) -> bool:
    """Whether the agreement at a path is founded: its governed branch holds a founding statement."""
    from syngraph.engine.text.errors import TextError
    from syngraph.engine.text.manifest import parse
    from syngraph.engine.text.store import open_repository, text_of

    try:
        where = folder(path)
        repo, below = open_repository(where)
        tip = repo.head()
        if tip is None:
            return False
        branch = repo.branch(parse(text_of(repo.tree(tip, below), MANIFEST)).branch)
        at = repo.folder(repo.commit(branch).tree, below) if branch is not None else None
        return at is not None and repo.folder(at, FOUNDING) is not None
    except (TextError, click.UsageError):
        return False


def progress() -> Callable[[int, int], None]:
    """A bar for a long walk, on a terminal only; it appears when the walk takes its time."""
    import sys

    if not sys.stderr.isatty():
        return lambda done, whole: None

    def tell(done: int, whole: int) -> None:
        if whole >= _LONG and (done % _LONG == 0 or done == whole):
            end = "\r\x1b[K" if done == whole else ""
            sys.stderr.write(f"\r{done:,} of {whole:,} commits{end}")
            sys.stderr.flush()

    return tell


_LONG = 50
"""From how many commits on a bar is shown, and after how many it moves."""


def is_hex(text: str) -> bool:
    """Whether the text is lower-case hexadecimal digits.

    >>> is_hex("0af"), is_hex("0AF"), is_hex("")
    (True, False, False)
    """
    return re.fullmatch(r"[0-9a-f]+", text) is not None


def not_ahead(when: datetime) -> None:
    """Refuses an act of a day that has not come anywhere on earth: nobody accepts a commit of that day before it.

    What comes after it would have to be of a later day still, so that one slip of a key would stop the chain for years.

    Raises: click.UsageError
    """
    today = instants.now(UTC).date()
    if when.astimezone(UTC).date() > today + timedelta(days=1):
        raise click.UsageError(f"--at: found {when.date()}, which is still to come; expected {today} or a day before it")
