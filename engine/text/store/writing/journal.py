"""The journal: what is being written, so that what was interrupted can be finished or forgotten."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.differences import Difference, differences
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.tree import reason
from syngraph.engine.text.store.writing.disk import alone, durable, settle
from syngraph.engine.text.store.writing.references import holds, lock_of, log, reference, release, take
from syngraph.engine.text.store.writing.worktrees import checked_out, synchronise

_NAME = "journal"


@dataclass(frozen=True, slots=True)
class Journal:
    """One commit on its way: the branch goes from `old` to `new`, in the folder `below`; `line` is for git's log."""

    branch: str
    old: str | None
    new: str
    below: str
    line: str

    @property
    def mark(self) -> bytes:
        """What the locks of this commit hold, and the branch after it."""
        return f"{self.new}\n".encode()


def recover(repo: Repository) -> tuple[str, ...]:
    """Finish what an interrupted commit left to do, or forget it where the branch has not moved.

    Gives the paths that were not brought up to date because the user had edited them. Does nothing where nothing is left.

    Raises: StoreError
    """
    try:
        with alone(repo.common) as room:
            return recovered(repo, room)
    except OSError as error:
        raise StoreError(
            f"a repository that cannot be written ({reason(error)})", "a writable one", path=str(repo.path)
        ) from None


def recovered(repo: Repository, room: Path) -> tuple[str, ...]:
    """`recover`, for who has the staging folder alone. Raises: StoreError, OSError."""
    journal = load(room)
    if journal is None:
        return ()
    if repo.branch(journal.branch) == journal.new:
        return finish(repo, room, journal, lambda step: None)
    forget(repo, room, journal)
    return ()


def save(room: Path, journal: Journal) -> None:
    """Have the journal on the disk. Raises: OSError."""
    content = json.dumps(asdict(journal), ensure_ascii=True, sort_keys=True).encode()
    durable(room / f"{_NAME}.new", content).replace(room / _NAME)
    settle(room)


def load(room: Path) -> Journal | None:
    """The journal, None where nothing is on its way. Raises: StoreError, OSError."""
    file = room / _NAME
    try:
        return Journal(**json.loads(file.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise StoreError(
            "a journal that cannot be read",
            "one that this version wrote",
            f"look at git status, then delete {file}",
            path=str(file),
        ) from None


def finish(repo: Repository, room: Path, journal: Journal, step: Callable[[str], None]) -> tuple[str, ...]:
    """Do what is left once the branch has moved: git's log, the work trees. Raises: StoreError, OSError."""
    step("log")
    release(lock_of(reference(repo, journal.branch)), journal.mark)
    trees = checked_out(repo, journal.branch)
    line, create = journal.line.encode(), _logs(repo)
    for file in (repo.common / "logs" / "refs" / "heads" / journal.branch, *(tree.git / "logs" / "HEAD" for tree in trees)):
        log(file, line, create)
    changes = _changes(repo, journal)
    left: dict[str, None] = {}
    for tree in trees:
        lock = lock_of(tree.index)
        if tree.top is None:
            continue
        if not holds(lock, journal.mark):
            take(lock, durable(room / "mark", journal.mark))
        try:
            left |= dict.fromkeys(synchronise(repo, tree, changes, journal.below, room, step))
        finally:
            release(lock, journal.mark)
    step("done")
    _drop(room)
    return tuple(left)


def forget(repo: Repository, room: Path, journal: Journal) -> None:
    """Let go of what an interrupted commit holds; the branch has not moved. Raises: OSError."""
    release(lock_of(reference(repo, journal.branch)), journal.mark)
    for tree in checked_out(repo, journal.branch):
        release(lock_of(tree.index), journal.mark)
    _drop(room)


def _drop(room: Path) -> None:
    for name in ("mark", "file", "index", "index.new", f"{_NAME}.new", _NAME):
        with suppress(FileNotFoundError):
            (room / name).unlink()
    settle(room)


def _changes(repo: Repository, journal: Journal) -> tuple[Difference, ...]:
    old = repo.folder(repo.commit(journal.old).tree, journal.below) if journal.old else None
    new = repo.folder(repo.commit(journal.new).tree, journal.below)
    return differences(repo, old, new) if new is not None else ()


def _logs(repo: Repository) -> bool:
    """Whether git starts a log for a branch that has none yet: `core.logAllRefUpdates`."""
    try:
        said = str(repo.handle.config["core.logallrefupdates"]).lower()
    except KeyError:
        return not repo.handle.is_bare
    return said not in ("false", "no", "off", "0")
