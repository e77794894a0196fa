"""Several files written together: all of them, or none."""

import os
import re
import secrets
from collections.abc import Iterable, Sequence
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

    What is on its way stands beside its place under a name that tells which process it is of. What one left behind that was
    ended in the middle is removed.

    Raises: click.UsageError where a file is not as it was when the writing was decided; OSError.
    """
    made: list[Path] = []
    beside: list[Path] = []
    done: list[tuple[Write, Path | None]] = []
    try:
        for write in writes:
            _folders(write.path.parent, made)
        _sweep({write.path.parent for write in writes})
        ready = [(write, _beside(write.path, write.content, beside)) for write in writes]
        for write, new in ready:
            done.append((write, _place(write, new, beside)))
    except BaseException:
        for write, old in reversed(done):
            with suppress(OSError):
                _take_back(write, old, beside)
        _tidy(beside)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    _tidy(beside)


def _tidy(beside: Iterable[Path]) -> None:
    for each in beside:
        with suppress(OSError):
            each.unlink(missing_ok=True)


_LEFT = re.compile(r"\..{1,40}\.(?P<process>[1-9][0-9]{0,9})-[0-9a-f]{16}\.part", re.DOTALL)


def _sweep(folders: Iterable[Path]) -> None:
    """Remove what processes that are no more have left in folders."""
    for folder in folders:
        left = [each for each in folder.iterdir() if (found := _LEFT.fullmatch(each.name)) and not _runs(int(found["process"]))]
        _tidy(each for each in left if each.is_file() and not each.is_symlink())


def _runs(process: int) -> bool:
    """Whether there is a process with a number; where that cannot be asked, there is."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _name_beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:40]}.{os.getpid()}-{secrets.token_hex(8)}.part")


def _beside(path: Path, content: bytes, beside: list[Path]) -> Path:
    found = _name_beside(path)
    with found.open("xb") as file:
        beside.append(found)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return found


def _place(write: Write, new: Path, beside: list[Path]) -> Path | None:
    """Puts a content where it is to stand. What stood there before is kept under the path that is the answer; None for nothing,
    and where the file system cannot keep it so."""
    if write.before is None:
        try:
            os.link(new, write.path)
        except FileExistsError:
            raise click.UsageError(f"{write.path} has come to be there meanwhile; nothing was written") from None
        except OSError:
            # A file system without links: take the name first, then put the content there.
            os.close(os.open(write.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            try:
                new.replace(write.path)
            except OSError:
                write.path.unlink()
                raise
        return None
    if write.path.is_symlink() or not write.path.is_file() or write.path.read_bytes() != write.before:
        raise click.UsageError(f"{write.path} has changed meanwhile; nothing was written")
    new.chmod(write.path.stat().st_mode & 0o777)
    old = _name_beside(write.path)
    with suppress(OSError):
        os.link(write.path, old)
        beside.append(old)
    new.replace(write.path)
    return old if old in beside else None


def _take_back(write: Write, old: Path | None, beside: list[Path]) -> None:
    if write.before is None:
        write.path.unlink(missing_ok=True)
        return
    if old is None:
        old = _beside(write.path, write.before, beside)
        old.chmod(write.path.stat().st_mode & 0o777)
    old.replace(write.path)
