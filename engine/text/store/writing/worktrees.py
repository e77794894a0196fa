"""The work trees that have a branch checked out: what changed on it changes in them, but nothing that the user edited."""

import errno
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.differences import Difference
from syngraph.engine.text.store.listing import Entry
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.tree import MAX_FILE_BYTES
from syngraph.engine.text.store.writing.disk import durable, settle

if TYPE_CHECKING:
    import pygit2


@dataclass(frozen=True, slots=True)
class WorkTree:
    """One work tree: `git` is its folder in the repository, with its HEAD and its index; `top` None in a bare repository."""

    git: Path
    top: Path | None

    @property
    def index(self) -> Path:
        """Its index."""
        return self.git / "index"


def checked_out(repo: Repository, branch: str) -> tuple[WorkTree, ...]:
    """The work trees of a repository whose HEAD is the branch, and the repository itself if it is bare and its HEAD is."""
    import pygit2

    linked = sorted((repo.common / "worktrees").glob("*"))
    found = []
    for git in (repo.common, *linked):
        try:
            head = (git / "HEAD").read_text("utf-8", "replace").strip()
            if head != f"ref: refs/heads/{branch}":
                continue
            if git == repo.common:
                main = pygit2.Repository(str(git))
                top = None if main.is_bare or main.workdir is None else Path(main.workdir)
            else:
                top = Path((git / "gitdir").read_text("utf-8", "surrogateescape").rstrip("\n")).parent
        except (FileNotFoundError, NotADirectoryError):
            continue
        if top is None or top.is_dir():
            found.append(WorkTree(git, top))
    return tuple(found)


def readable(tree: WorkTree, room: Path) -> "pygit2.Index":
    """The index of a work tree, as a copy in `room` that can be changed. Raises: StoreError, OSError."""
    import pygit2

    copy = room / "index"
    with suppress(FileNotFoundError):
        copy.unlink()
    index = pygit2.Index(str(copy))
    try:
        if tree.index.is_file():
            durable(copy, tree.index.read_bytes())
            index.read(force=True)
        return index
    except (pygit2.GitError, ValueError) as error:
        raise StoreError(
            f"an index that cannot be read ({error})",
            "an index in one file, neither split nor sparse",
            "git update-index --no-split-index and git sparse-checkout disable make it so",
            path=str(tree.index),
        ) from None


def synchronise(
    repo: Repository,
    tree: WorkTree,
    changes: Iterable[Difference],
    below: str,
    room: Path,
    step: Callable[[str], None],
) -> list[str]:
    """Bring a work tree and its index, whose lock is held, from the old to the new files; gives the paths left as they are.

    A file is changed where it is as the branch had it, and so is its entry in the index; what is otherwise is the user's. That
    git wrote the ends of its lines as CRLF is no edit.

    Raises: StoreError, OSError
    """
    left: list[str] = []
    top = tree.top
    if top is None:
        return left
    index = readable(tree, room)
    # An index that held conflicts has no entry of stage 0 for them: they would look like files that are not there.
    torn = {side.path for sides in index.conflicts or () for side in sides if side is not None}
    changed = False
    for change in sorted(changes, key=_last_what_is_written):
        path = f"{below}/{change.path}" if below else change.path
        step("file")
        kept = not _write(top, path, _content(repo, change.old), _content(repo, change.new), room)
        known = _known(index, path)
        if path in torn or known not in (_identity(change.old), _identity(change.new)):
            kept = True
        elif known != _identity(change.new):
            _enter(index, path, change.new)
            changed = True
        if kept:
            left.append(path)
    if changed:
        step("index")
        index.write()
        durable(room / "index.new", (room / "index").read_bytes()).replace(tree.index)
        settle(tree.git)
    with suppress(FileNotFoundError):
        (room / "index").unlink()
    return sorted(left)


def _last_what_is_written(change: Difference) -> bool:
    """A folder has to go before a file of its name can come."""
    return change.new is not None


def _content(repo: Repository, entry: Entry | None) -> bytes | None:
    return repo.blob(entry.oid) if entry is not None else None


def _identity(entry: Entry | None) -> tuple[str, int] | None:
    return (entry.oid, entry.mode) if entry is not None else None


def _known(index: "pygit2.Index", path: str) -> tuple[str, int] | None:
    try:
        found = index[path]
    except KeyError:
        return None
    return str(found.id), int(found.mode)


def _enter(index: "pygit2.Index", path: str, entry: Entry | None) -> None:
    import pygit2

    if entry is None:
        index.remove(path)
    else:
        index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=entry.oid), pygit2.enums.FileMode(entry.mode)))


def _write(top: Path, path: str, old: bytes | None, new: bytes | None, room: Path) -> bool:
    """Change a file from `old` to `new` (None: no file); False when it is neither, and so the user's."""
    *folders, _ = path.split("/")
    at = top
    for folder in folders:
        at = at / folder
        if at.is_symlink() or (at.exists() and not at.is_dir()):
            return False
    file = top / path
    found = _found(file)
    if found is False:
        return False
    if _same(found, new):
        return True
    if not _same(found, old):
        return False
    if new is None:
        file.unlink()
        with suppress(OSError):
            while (file := file.parent) != top:
                file.rmdir()
        return True
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        durable(room / "file", new).replace(file)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        durable(file.with_name(".syngraph.new"), new).replace(file)
    return True


def _found(file: Path) -> bytes | bool | None:
    """What a file holds; None where there is none, False for what is no plain file that we would have written."""
    try:
        status = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > 2 * MAX_FILE_BYTES:
        return False
    return file.read_bytes()


def _same(found: bytes | bool | None, content: bytes | None) -> bool:
    if found == content:
        return True
    return (
        isinstance(found, bytes) and content is not None and b"\r" not in content and found.replace(b"\r\n", b"\n") == content
    )
