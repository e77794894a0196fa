"""Files of an agreement that get other content: all of them, or none, and what is told where that fails."""

import stat
from collections.abc import Sequence

import click

from syngraph.cli.manners import output
from syngraph.cli.manners.together import Write, write_all


def rewrite(writes: Sequence[Write]) -> None:
    """Writes files that are there already, and tells which were written where something stood in the way.

    Raises: click.UsageError for a link, a write-protected file, and a file that changed meanwhile; OSError.
    """
    for write in writes:
        if write.path.is_symlink():
            raise click.UsageError(f"{write.path} is a link; expected a file; nothing was written")
        mode = stat.S_IMODE(write.path.stat().st_mode)
        if not mode & 0o222:
            raise click.UsageError(
                f"{write.path} is write-protected (mode {mode:04o}); nothing was written; `chmod u+w` lets it be"
            )
    try:
        write_all(writes)
    except OSError:
        written = [str(write.path) for write in writes if _is(write)]
        left = [str(write.path) for write in writes if str(write.path) not in written]
        output.talk(f"written: {', '.join(written)}; not written: {', '.join(left)}" if written else "nothing was written")
        raise


def _is(write: Write) -> bool:
    try:
        return write.path.read_bytes() == write.content
    except OSError:
        return False
