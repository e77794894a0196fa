"""Files that one side has renamed: their clauses are elsewhere, and what the other side did to them goes there."""

from collections import Counter
from collections.abc import Iterable, Mapping

from syngraph.engine.governance.changes import ChangesRefused
from syngraph.engine.governance.changes.change import content_of
from syngraph.engine.text.units import Kind, Name, units

_COMMON = 20
"""A clause that so many new files have tells nothing about where a file has gone."""


def renames(gone: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """Where each file has gone, if anywhere: to one of the same content, or with at least half of its sections and fields.

    Of several the one with most of them, then one of the same name in another folder, then the first by its path; no file
    takes in two.
    """
    clauses = {path: _clauses(content, path) for path, content in new.items()}
    counts = Counter(name for names in clauses.values() for name in names)
    holding: dict[Name, list[str]] = {}
    for path in sorted(new):
        for name in clauses[path]:
            if counts[name] <= _COMMON:
                holding.setdefault(name, []).append(path)
    found = _alike(gone, new)
    taken = set(found.values())
    for path in sorted(gone.keys() - found.keys()):
        names = _clauses(gone[path], path)
        shared = Counter(other for name in names for other in holding.get(name, ()) if other not in taken)
        best = min(shared, key=lambda other: (-shared[other], _file(other) != _file(path), other), default=None)
        if best is not None and 2 * shared[best] >= len(names):
            found[path] = best
            taken.add(best)
    return found


def added(files: Iterable[tuple[str, bytes | None, bytes | None]]) -> dict[Name, list[str]]:
    """The clauses that a side has added, each with the files; `files` are paths with their content there and before."""
    found: dict[Name, list[str]] = {}
    for path, now, before in files:
        if now is not None:
            for name in _clauses(now, path) - (_clauses(before, path) if before is not None else frozenset()):
                found.setdefault(name, []).append(path)
    return found


def _alike(gone: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """Where files have gone whose content has not changed: those that kept their names first."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in (_file, lambda path: ""):
        free: dict[tuple[str, bytes], list[str]] = {}
        for path in sorted(new.keys() - taken, reverse=True):
            free.setdefault((name(path), new[path]), []).append(path)
        for path in sorted(gone.keys() - found.keys()):
            if same := free.get((name(path), gone[path])):
                found[path] = same.pop()
                taken.add(found[path])
    return found


def _file(path: str) -> str:
    """The name of a file without its folders."""
    return path.rsplit("/", 1)[-1]


def _clauses(content: bytes, path: str) -> frozenset[Name]:
    """The sections with a heading and the fields of an object."""
    if not path.endswith(".md"):
        return frozenset()
    try:
        cut = units(content_of(content, path), path)
    except ChangesRefused:
        return frozenset()
    return frozenset(unit.name for unit in cut if unit.key and unit.kind in (Kind.SECTION, Kind.FIELD))
