"""How copies of objects come into an agreement on disk."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import together

if TYPE_CHECKING:
    from syngraph.engine.text.store import Tree


def agreement(path: Path) -> "Tree":
    """The files of the agreement whose folder is `path`. Raises: click.UsageError where it is none; StoreError."""
    from syngraph.engine.text.store import open_tree

    if not (path / "syngraph.yaml").is_file():
        raise click.UsageError(f"{path} has no syngraph.yaml, so it is no agreement; `syngraph new {path}` starts one")
    return open_tree(path)


def folder(into: str) -> str:
    """A folder of an agreement, as it is given with `--into`; "" for its top. Raises: click.UsageError."""
    parts = [part for part in into.split("/") if part not in ("", ".")]
    if Path(into).is_absolute() or ".." in parts or "\\" in into:
        raise click.UsageError(f"--into: found {into!r}, expected a folder inside the agreement, such as forms")
    return "/".join(parts)


def write(path: Path, files: Sequence[tuple[str, bytes, bytes | None]]) -> None:
    """Writes files of the agreement at `path`, all or none: where each stands, its content, and what it replaces.

    Raises: click.UsageError, OSError.
    """
    together.write_all([together.Write(path / inside, content, before) for inside, content, before in files])
