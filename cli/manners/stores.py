"""How a verb gets at a store of objects in another notation than ours."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from syngraph.engine.text.findings import Finding

if TYPE_CHECKING:
    from syngraph.engine.text.notations.commonaccord.store import Store

NOTATIONS = ("markdown", "commonaccord")
FOLDER = "Doc"
"""What the folder of a store is called where nobody says otherwise."""

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """The notation of an object, and the store that it is in: `--notation`, `--store`."""
    command = click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="The folder that inclusions count from.",
    )(command)
    return click.option(
        "--notation",
        type=click.Choice(NOTATIONS),
        metavar="NAME",
        default=NOTATIONS[0],
        help="How objects are written: markdown (ours, the default) or commonaccord.",
    )(command)


@dataclass(frozen=True, slots=True)
class Located:
    """A store, and an object in it by the path that inclusions would name it by (bytes as they are)."""

    store: "Store"
    root: bytes
    folder: Path


def located(path: str, folder: Path | None, rev: str | None, *, beside: bool = False) -> Located:
    """The store in a folder, and the object at `path` in it; without a folder, `path` has a part `Doc` that is it.

    `beside` lets inclusions lead to files next to the store, as in the reference.

    Raises: click.UsageError, StoreError
    """
    from syngraph.engine.text.notations.commonaccord.store import Store
    from syngraph.engine.text.store import open_tree

    if folder is None:
        parts = path.split("/")
        if FOLDER not in parts[:-1]:
            raise click.UsageError(
                f"--store is missing: {path} has no folder {FOLDER} in it; name the folder that inclusions count from"
            )
        at = parts.index(FOLDER) + 1
        folder, path = Path("/".join(parts[:at])), "/".join(parts[at:])
    whole = Path(os.path.abspath(folder))  # noqa: PTH100  (Path.absolute keeps `..`)
    around = open_tree(whole.parent, rev) if beside and whole.name else None
    return Located(Store(open_tree(folder, rev), around, whole.name or FOLDER), os.fsencode(path), whole)


def near(located: Located) -> str:
    """What to do about an object that is not there: the one that was probably meant."""
    from difflib import get_close_matches

    name = located.root.decode("utf-8", "replace")
    paths = located.store.tree.paths()
    same = [path for path in paths if path.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]]
    meant = get_close_matches(name, same or paths, 1, 0.5)
    return f"{f'did you mean {meant[0]}? ' if meant else ''}Paths count from the top of the store"


def sourced(store: "Store", findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, each with the line that it is in."""
    lines: dict[str, list[str]] = {}
    done = []
    for finding in findings:
        path = finding.place.path
        if path not in lines:
            records = store.records(path.encode("utf-8", "surrogateescape"))
            lines[path] = records.lines() if records is not None else []
        number = finding.place.line - 1
        known = lines[path][number] if number < len(lines[path]) else ""
        done.append(replace(finding, source=finding.source or known))
    return tuple(done)
