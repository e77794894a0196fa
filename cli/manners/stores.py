"""How a verb gets at a store of objects in another notation than ours."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from syngraph.engine.text.findings import Finding

if TYPE_CHECKING:
    from syngraph.engine.text.notations.commonaccord.records import Records
    from syngraph.engine.text.notations.commonaccord.store import Store

NOTATIONS = ("markdown", "commonaccord")
FOLDER = "Doc"
"""What the folder of a store is called where nobody says otherwise."""

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """The notation of an object, and the store that it is in: `--notation`, `--store`. A store is in commonaccord."""

    @wraps(command)
    def chosen(*, notation: str | None, store: Path | None, **others: Any) -> Any:
        if store is not None and notation == NOTATIONS[0]:
            raise click.UsageError(f"--notation: found {notation} with --store; a store is in {NOTATIONS[1]}")
        named = notation or NOTATIONS[0 if store is None else 1]
        return command(notation=named, store=store, **others)

    known = click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="A store in commonaccord: the folder that inclusions count from.",
    )(cast("F", chosen))
    return click.option(
        "--notation",
        type=click.Choice(NOTATIONS),
        metavar="NAME",
        help="How objects are written: markdown (ours) or commonaccord (with --store).",
    )(known)


@dataclass(frozen=True, slots=True)
class Located:
    """A store, and an object in it by the path that inclusions would name it by (bytes as they are)."""

    store: "Store"
    root: bytes
    folder: Path


def located(path: str, folder: Path | None, rev: str | None, *, beside: bool = False) -> Located:
    """The store in a folder, and the object at `path` in it; without a folder, `path` has a part `Doc` that is it.

    A path counts from the top of the store, or from the current folder when that is where such a file is. `beside`
    lets inclusions lead to files next to the store, as in the reference.

    Raises: click.UsageError, StoreError
    """
    from syngraph.engine.text.notations.commonaccord.store import Store
    from syngraph.engine.text.store import open_tree

    if folder is None:
        parts = Path(path).parts
        if FOLDER not in parts[:-1]:
            raise click.UsageError(
                f"--store is missing: {path} has no folder {FOLDER} in it; name the folder that inclusions count from"
            )
        at = parts.index(FOLDER) + 1
        folder, path = Path(*parts[:at]), "/".join(parts[at:])
    else:
        path = within(folder, path)
    whole = Path(os.path.abspath(folder))  # noqa: PTH100  (Path.absolute keeps `..`)
    around = open_tree(whole.parent, rev) if beside and whole.name else None
    return Located(Store(open_tree(folder, rev), around, whole.name or FOLDER), os.fsencode(path), whole)


def within(folder: Path, path: str) -> str:
    """The path of an object from the top of a store, also where it was given as a shell completes it: from here."""
    if not path or os.path.lexists(folder / path) or not os.path.lexists(path):
        return path
    whole, top = Path(os.path.abspath(path)), Path(os.path.abspath(folder))  # noqa: PTH100
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) and whole != top else path


def records(located: Located) -> "Records":
    """What an object of a store says. Raises: StoreError where there is none, with the one that was probably meant."""
    from difflib import get_close_matches

    from syngraph.engine.text.store import StoreError

    found = located.store.records(located.root)
    if found is not None:
        return found
    name = located.root.decode("utf-8", "replace")
    paths = located.store.tree.paths()
    same = [path for path in paths if path.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]]
    near = get_close_matches(name, same or paths, 1, 0.5)
    fault = located.store.faults.get(located.root)
    raise StoreError(
        (fault.removeprefix("is ") if fault.startswith("is ") else f"a path that {fault}") if fault else "no such object",
        "the path of an object",
        f"{f'did you mean {near[0]}? ' if near else ''}paths count from the top of the store",
        name,
    )


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
