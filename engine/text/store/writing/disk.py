"""Files that are whole and on the disk, and the lock that lets one process at a time write to a repository."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOM = "syngraph"
"""The folder in a repository's own one in which what is being written is staged."""


def durable(path: Path, content: bytes) -> Path:
    """A new file with this content, on the disk when this returns; another of its name is unlinked first. Raises: OSError."""
    with suppress(FileNotFoundError):
        path.unlink()
    with open(path, "xb") as file:  # noqa: PTH123  (Path.open has no way to be as plain)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can do so. Raises: OSError."""
    if sys.platform == "win32":
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


@contextmanager
def alone(common: Path) -> Iterator[Path]:
    """The staging folder of a repository, once no other process of ours writes to it. Raises: OSError."""
    room = common / ROOM
    room.mkdir(exist_ok=True)
    with (room / "lock").open("ab") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield room
