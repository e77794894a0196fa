"""Several files written together: all of them, or none."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True, slots=True)
class Write:
    """A file to write; `before` is the content that it is to replace, None where there must be no file yet."""

    path: Path
    content: bytes
    before: bytes | None = None


def write_all(writes: Sequence[Write]) -> None:
    """Writes files in their order. Each content is on the disk before the first takes its place; when one cannot take it,
    those before it are taken back. A file that has come or changed meanwhile is never overwritten.

    Raises: click.UsageError where a file is not as it was when the writing was decided; OSError.
    """
    made: list[Path] = []
    ready: list[tuple[Write, Path]] = []
    done: list[Write] = []
    try:
        for write in writes:
            _folders(write.path.parent, made)
            ready.append((write, _beside(write.path, write.content)))
        for write, beside in ready:
            _place(write, beside)
            done.append(write)
    except BaseException:
        for write in reversed(done):
            _take_back(write)
        _tidy(ready)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    _tidy(ready)


def _tidy(ready: Sequence[tuple[Write, Path]]) -> None:
    for _, beside in ready:
        beside.unlink(missing_ok=True)


def _folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside = Path(name)
    mask = os.umask(0)
    os.umask(mask)
    beside.chmod(0o666 & ~mask)
    return beside


def _place(write: Write, beside: Path) -> None:
    if write.before is None:
        try:
            os.link(beside, write.path)
        except FileExistsError:
            raise click.UsageError(f"{write.path} has come to be there meanwhile; nothing was written") from None
        except OSError:
            # A file system without links: take the name first, then put the content there.
            os.close(os.open(write.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            beside.replace(write.path)
        return
    if write.path.is_symlink() or not write.path.is_file() or write.path.read_bytes() != write.before:
        raise click.UsageError(f"{write.path} has changed meanwhile; nothing was written")
    beside.chmod(write.path.stat().st_mode & 0o777)
    beside.replace(write.path)


def _take_back(write: Write) -> None:
    if write.before is None:
        write.path.unlink(missing_ok=True)
        return
    beside = _beside(write.path, write.before)
    beside.chmod(write.path.stat().st_mode & 0o777)
    beside.replace(write.path)
