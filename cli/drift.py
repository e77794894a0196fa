"""`library diff`: what has become different between copies and their sources."""

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import addresses, options, output

if TYPE_CHECKING:
    from syngraph.engine.text.store.lent import Lender
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
    HEAD of the clone that --source names. Lines with - are those of the source, lines with + those of the copy; where a copy is
    from is left out. Exit code 1 when a copy or its source has changed.
    """
    from syngraph.engine.text.store import open_tree
    from syngraph.engine.text.store.lent import lender
    from syngraph.engine.text.vendoring import drifted

    tree = open_tree(path)
    given = [(name, lender(addresses.repository(name))) for name in sources]
    found = drifted(tree, _sources(path, given))
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
        _tell(found, path, given)
        _unmatched(found, given)
    if differ:
        raise click.exceptions.Exit(1)


def _sources(path: Path, given: "Sequence[tuple[str, Lender]]") -> "Iterator[Source]":
    from syngraph import library
    from syngraph.engine.text.store import StoreError
    from syngraph.engine.text.store.lent import lender
    from syngraph.engine.text.vendoring import lent_source, library_source

    yield library_source({name: library.load(name) for name in library.names() if not name.startswith("templates/")})
    for name, found in given:
        yield lent_source(found, found.url or name)
    try:
        yield lent_source(lender(path), ".", own=True)
    except StoreError:
        return


# -- telling -----------------------------------------------------------------------------------------------------------


def _tell(found: "tuple[Drift, ...]", path: Path, given: "Sequence[tuple[str, Lender]]") -> None:
    from syngraph.engine.text.vendoring import lends

    for each in found:
        if each.differs:
            lines = _lines(each, path)
            reason = "" if lines or each.note else f"; not shown: {_reason(each, path)}"
            output.put(f"{path / each.copy.path}: {_words(each)}{reason}")
            for line in lines:
                output.put(line)
    for each in found:
        if each.there == "unknown" and each.note and not each.differs:
            output.talk(f"{path / each.copy.path}: {each.note}")
    left = [each for each in found if each.there == "unknown" and each.here != "misstated" and each.copy.borrowed]
    unknown = sorted(
        source
        for source in (each.copy.origin.get("source", "") for each in left)
        if not any(lends(lent, lent.url or name, source) for name, lent in given)
    )
    for source, copies in groupby(unknown):
        count = len(list(copies))
        those = "copy was" if count == 1 else "copies were"
        output.talk(f"{count} {those} not held against the source {_named(source)}; {_hint(source, path)}")
    if not found:
        output.talk(f"{path}: no copies of objects from elsewhere")
    elif not any(each.differs or each.there == "unknown" for each in found):
        output.talk(f"{len(found)} {'copy' if len(found) == 1 else 'copies'}, as the sources have them")


def _unmatched(found: "tuple[Drift, ...]", given: "Sequence[tuple[str, Lender]]") -> None:
    """Tell which of the sources that were named are those of no copy."""
    from syngraph.engine.text.vendoring import lends

    recorded = sorted({each.copy.origin.get("source", "") for each in found if each.copy.borrowed})
    for name, lent in given:
        if not any(lends(lent, lent.url or name, source) for source in recorded):
            origin = f"its origin is {lent.url}" if lent.url else "it has no origin with a URL"
            said = f"; the copies record {', '.join(map(_named, recorded[:5]))}" if recorded else ""
            output.talk(f"--source {name} is the source of no copy: {origin}{said}")


def _reason(drift: "Drift", path: Path) -> str:
    """Why there is nothing to hold a copy against, and what to do."""
    if drift.version is not None:
        return "its source no longer has it"
    if not drift.copy.borrowed:
        return "nothing says which clause of the library it is"
    return f"its source was not looked at; {_hint(drift.copy.origin.get('source', ''), path)}"


def _hint(source: str, path: Path) -> str:
    """How a copy is held against its source, which is never opened only because a text says so."""
    from syngraph.engine.text.store.lent import shareable

    if not source or source == "." or shareable(source):
        return "--source REPO names a clone of it"
    near = _from_here(source, path)
    if not near:
        return "--source REPO names it, by its path from the current folder"
    return f"`syngraph library diff {shlex.quote(str(path))} --source {shlex.quote(_named(near))}` does"


def _from_here(source: str, path: Path) -> str:
    """The path from the current folder of a source that was recorded as a folder, seen from there or from the agreement.

    It is only looked for, not opened; "" where it is in neither place.
    """
    if "\0" in source or "://" in source:
        return ""
    if os.path.isdir(os.path.expanduser(source)):  # noqa: PTH111, PTH112  (those of Path raise for a name that cannot be)
        return source
    other = path / source
    return os.path.relpath(other) if os.path.isdir(other) else ""  # noqa: PTH112


def _named(source: str) -> str:
    return output.plain(source)[:200] or "(it names none)"


def _words(drift: "Drift") -> str:
    from syngraph.engine.text.vendoring import Here, There

    here = {Here.SAME: "", Here.CHANGED: "changed here", Here.MISSTATED: "not what its source had"}[drift.here]
    there = {There.CHANGED: "changed at the source", There.GONE: "gone at the source"}.get(drift.there, "")
    said = " and ".join(word for word in (here, there) if word)
    return f"{said} ({drift.note})" if drift.note else said


def _lines(drift: "Drift", path: Path) -> list[str]:
    """The unified diff from the source to the copy; nothing where there is nothing to compare with.

    The lines that say where the copy is from are left out, unless nothing else differs.
    """
    version = drift.version
    theirs = None if version is None else version.latest if version.latest is not None else version.base
    if version is None or theirs is None:
        return []
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (theirs, drift.copy.content))
    names = version.name, str(path / drift.copy.path)
    return _difference(old, new, _said(old), _said(new), names) or _difference(
        old, new, range(len(old)), range(len(new)), names
    )


def _difference(
    old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int], names: tuple[str, str]
) -> list[str]:
    """The unified diff of some lines of two texts, numbered as they are in these."""

    def numbered(match: re.Match[str]) -> str:
        spans = []
        for said, count, lines in ((match[1], match[2], left), (match[3], match[4], right)):
            first = int(said) - 1
            spans.append(f"{lines[first] + 1 if 0 <= first < len(lines) else said}{count or ''}")
        return f"@@ -{spans[0]} +{spans[1]} @@"

    made = unified_diff([old[at] for at in left], [new[at] for at in right], *names, lineterm="")
    return [_SPANS.sub(numbered, line) if line.startswith("@@ ") else line for line in made]


_SPANS = re.compile(r"@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@")


def _said(lines: Sequence[str]) -> list[int]:
    """Which lines of a copy are not of where it is from, from 0."""
    from syngraph.engine.text.vendoring import WRITTEN

    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in ("---", "...")), 0)
    kept = []
    inside = False
    for at, line in enumerate(lines):
        if line[:1] not in (" ", "-"):
            inside = line.partition(":")[0] in WRITTEN
        if at >= end or not inside:
            kept.append(at)
    return kept


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
        "hint": _reason(drift, path) if drift.there == "unknown" and not drift.note else "",
        "diff": _lines(drift, path) if drift.differs else [],
    }
