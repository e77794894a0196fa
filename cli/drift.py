"""`library diff`: what has become different between copies and their sources."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import addresses, options, output

if TYPE_CHECKING:
    from syngraph.engine.text.vendoring import Drift, Source


@click.command("diff", context_settings=options.CONTEXT)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--source", "sources", multiple=True, metavar="REPO", help="A clone of a repository that copies are from.")
@options.as_json
def command(path: Path, sources: tuple[str, ...], as_json: bool) -> None:
    """Show how the copies in an agreement differ from their sources.

    \b
    Examples:
      syngraph library diff bylaws/
      syngraph library diff bylaws/ --source ../forms
      syngraph library diff --json

    A copy from the library is held against the library, one from the same repository against its HEAD, any other against the
    HEAD of the clone that --source names. Lines with - are those of the source, lines with + those of the copy. Exit code 1
    when a copy or its source has changed.
    """
    from syngraph.engine.text.store import open_tree
    from syngraph.engine.text.vendoring import drifted

    tree = open_tree(path)
    found = drifted(tree, _sources(path, sources))
    differ = [each for each in found if each.differs]
    if as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "differ": [str(path / each.copy.path) for each in differ],
                "objects": [_fields(each, path) for each in found],
            }
        )
    else:
        _tell(found, path)
    if differ:
        raise click.exceptions.Exit(1)


def _sources(path: Path, given: tuple[str, ...]) -> "Iterator[Source]":
    from syngraph import library
    from syngraph.engine.text.store import StoreError
    from syngraph.engine.text.store.lent import lender
    from syngraph.engine.text.vendoring import lent_source, library_source

    yield library_source({name: library.load(name) for name in library.names() if not name.startswith("templates/")})
    for name in given:
        found = lender(addresses.repository(name))
        yield lent_source(found, found.url or name)
    try:
        yield lent_source(lender(path), ".", own=True)
    except StoreError:
        return


# -- telling -----------------------------------------------------------------------------------------------------------


def _tell(found: "tuple[Drift, ...]", path: Path) -> None:
    unknown = 0
    for each in found:
        if each.there == "unknown" and each.copy.borrowed:
            unknown += 1
        if each.differs:
            output.put(f"{path / each.copy.path}: {_words(each)}")
            for line in _lines(each, path):
                output.put(line)
    for each in found:
        if each.there == "unknown" and each.note and not each.differs:
            output.talk(f"{path / each.copy.path}: {each.note}")
    if unknown:
        those = "copy was" if unknown == 1 else "copies were"
        output.talk(f"{unknown} {those} not held against the source; --source REPO names a clone of it")


def _words(drift: "Drift") -> str:
    from syngraph.engine.text.vendoring import Here, There

    here = {Here.SAME: "", Here.CHANGED: "changed here", Here.MISSTATED: "not what its source had"}[drift.here]
    there = {There.CHANGED: "changed at the source", There.GONE: "gone at the source"}.get(drift.there, "")
    said = " and ".join(word for word in (here, there) if word)
    return f"{said} ({drift.note})" if drift.note else said


def _lines(drift: "Drift", path: Path) -> list[str]:
    """The unified diff from the source to the copy; nothing where there is nothing to compare with."""
    version = drift.version
    theirs = None if version is None else version.latest if version.latest is not None else version.base
    if version is None or theirs is None:
        return []
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (theirs, drift.copy.content))
    return list(unified_diff(old, new, version.name, str(path / drift.copy.path), lineterm=""))


def _fields(drift: "Drift", path: Path) -> dict[str, Any]:
    origin = drift.copy.origin
    return {
        "path": str(path / drift.copy.path),
        "kind": "borrowed" if drift.copy.borrowed else "library",
        "name": origin.get("name", ""),
        "version": origin.get("version", ""),
        "source": origin.get("source", ""),
        "commit": origin.get("commit", ""),
        "source_path": origin.get("path", ""),
        "digest": drift.copy.stated,
        "earlier": [dict(step) for step in drift.copy.earlier],
        "here": drift.here.value,
        "there": drift.there.value,
        "note": drift.note,
        "diff": _lines(drift, path) if drift.differs else [],
    }
