"""A branch moved by compare-and-swap, under the lock that git itself takes, with the line that git writes to its log."""

import errno
import os
from pathlib import Path

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.writing.disk import durable, settle

NOWHERE = "0" * 40
_ATTEMPTS = 8


class Moved(StoreError):  # noqa: N818
    """A branch that is not where it was expected to be."""


class Busy(StoreError):  # noqa: N818
    """Something that another program has locked; to try again may help."""


def reference(repo: Repository, branch: str) -> Path:
    """The file of a branch."""
    return repo.common / "refs" / "heads" / branch


def lock_of(file: Path) -> Path:
    """The lock that git takes to write a file."""
    return file.with_name(file.name + ".lock")


def expect(repo: Repository, branch: str, expected: str | None) -> None:
    """Refuse when a branch is not at the commit that is expected, None for no branch. Raises: Moved, StoreError."""
    found = repo.branch(branch)
    if found == expected:
        return
    there = f"the branch {branch} at {found[:10]}" if found else f"no branch {branch}"
    wanted = f"it at {expected[:10]}" if expected else "none yet"
    raise Moved(there, wanted, "somebody else has written to it: read it again, and repeat", path=str(repo.path))


def take(lock: Path, staged: Path) -> None:
    """Take a lock, which from its first moment has the content of the file `staged`. Raises: Busy, StoreError, OSError."""
    for _ in range(_ATTEMPTS):
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            _exclusive(staged, lock)
        except FileExistsError:
            if not lock.exists() and not lock.is_symlink():
                if not lock.parent.is_dir():
                    break
                continue  # its holder has let it go in this moment
            raise Busy(
                f"a lock on {lock.name.removesuffix('.lock')}",
                "nobody else at work on it",
                f"wait for the other program to end; if there is none, delete {lock}",
                path=str(lock),
            ) from None
        except FileNotFoundError:
            continue  # git has removed the empty folder meanwhile
        except NotADirectoryError:
            break
        else:
            return
    raise StoreError(
        f"no room for {lock.name.removesuffix('.lock')}",
        "a name that no other branch begins with, followed by a slash",
        "choose another name for the branch",
        path=str(lock),
    )


def swap(repo: Repository, branch: str, old: str | None, new: str) -> None:
    """Move a branch whose lock is held from `old` to `new`. Raises: Moved, StoreError, OSError."""
    expect(repo, branch, old)
    file = reference(repo, branch)
    if old is None:
        _free_name(repo, branch)
        _remove_empty(file)
    lock_of(file).replace(file)
    settle(file.parent)


def log(file: Path, line: bytes, may_create: bool) -> None:
    """Write a line to a log of git, unless it is its last one. Raises: OSError."""
    if not may_create and not file.is_file():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as held:
        held.seek(max(held.seek(0, os.SEEK_END) - len(line), 0))
        if held.read() != line:
            held.write(line)


def holds(lock: Path, content: bytes) -> bool:
    """Whether a lock is there and has this content; another one is somebody else's. Raises: OSError."""
    try:
        return not lock.is_symlink() and lock.stat().st_size == len(content) and lock.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return False


def release(lock: Path, content: bytes) -> None:
    """Let go of a lock if it has this content. Raises: OSError."""
    if holds(lock, content):
        lock.unlink()


def _exclusive(staged: Path, lock: Path) -> None:
    try:
        os.link(staged, lock)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK):
            raise
        if lock.exists():
            raise FileExistsError from None
        content = staged.read_bytes()
        with open(lock, "xb") as file:  # noqa: PTH123
            file.write(content)
        durable(staged, content)


def _free_name(repo: Repository, branch: str) -> None:
    name = f"refs/heads/{branch}"
    for other in repo.handle.raw_listall_references():
        there = other.decode("utf-8", "surrogateescape")
        if there.startswith(name + "/") or name.startswith(there + "/"):
            raise StoreError(
                f"the branch {there.removeprefix('refs/heads/')}",
                f"none whose name begins like {branch} and a slash, or the other way round",
                "choose another name for the branch",
                path=str(repo.path),
            )


def _remove_empty(folder: Path) -> None:
    """Remove a folder that holds nothing but empty folders, as git does where a branch of its name is to be."""
    if folder.is_dir() and not folder.is_symlink():
        for held, _, _ in os.walk(folder, topdown=False):
            Path(held).rmdir()
