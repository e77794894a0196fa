"""Files written whole or not at all."""

import os
import stat
import tempfile
from pathlib import Path

import click


def write(path: Path, content: bytes) -> None:
    """Writes a file in one step: who reads it sees the old content or the new, never a part. Its permissions stay.

    What is no regular file (a pipe, a device) is written to as it is, never replaced. A link is not followed, but for those
    of the system, such as /dev/stdout.

    Raises: click.UsageError for a link and a write-protected file; OSError.
    """
    system = path.parent.as_posix() in ("/dev", "/dev/fd", "/proc/self/fd")
    if path.is_symlink() and not system:
        raise click.UsageError(f"{path} is a link; expected a file; nothing was written; name the file that it leads to")
    if path.is_file() and not path.stat().st_mode & 0o222:
        mode = stat.S_IMODE(path.stat().st_mode)
        raise click.UsageError(f"{path} is write-protected (mode {mode:04o}); nothing was written; `chmod u+w` lets it be")
    if path.is_symlink() or (path.exists() and not path.is_file()):
        with path.open("wb") as file:
            file.write(content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~mask)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def create(path: Path, content: bytes) -> bool:
    """Writes a new file; False when a file with the same content is there already.

    Raises: click.UsageError when another file is there; OSError.
    """
    if path.is_symlink() or (path.exists() and (not path.is_file() or path.read_bytes() != content)):
        raise click.UsageError(f"{path} is there already and differs; nothing was written")
    if path.exists():
        return False
    write(path, content)
    return True
