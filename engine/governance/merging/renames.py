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

    Of several the one with most of them, then the first by its path; no file takes in two.
    """
    contents: dict[bytes, list[str]] = {}
    for path in sorted(new):
        contents.setdefault(new[path], []).append(path)
    clauses = {path: _clauses(content, path) for path, content in new.items()}
    counts = Counter(name for names in clauses.values() for name in names)
    holding: dict[Name, list[str]] = {}
    for path in sorted(new):
        for name in clauses[path]:
            if counts[name] <= _COMMON:
                holding.setdefault(name, []).append(path)
    found: dict[str, str] = {}
    for path in sorted(gone):
        free = [other for other in contents.get(gone[path], ()) if other not in found.values()]
        if free:
            found[path] = free[0]
    taken = set(found.values())
    for path in sorted(gone.keys() - found.keys()):
        names = _clauses(gone[path], path)
        shared = Counter(other for name in names for other in holding.get(name, ()) if other not in taken)
        best = min(shared, key=lambda other: (-shared[other], other), default=None)
        if best is not None and 2 * shared[best] >= len(names):
            found[path] = best
            taken.add(best)
    return found


def added(files: Iterable[tuple[str, bytes | None, bytes | None]]) -> dict[Name, tuple[str, ...]]:
    """The clauses that a side has added, each with the files; `files` are paths with their content there and before."""
    found: dict[Name, tuple[str, ...]] = {}
    for path, now, before in files:
        if now is not None:
            for name in _clauses(now, path) - (_clauses(before, path) if before is not None else frozenset()):
                found[name] = (*found.get(name, ()), path)
    return found


def _clauses(content: bytes, path: str) -> frozenset[Name]:
    """The sections with a heading and the fields of an object."""
    if not path.endswith(".md"):
        return frozenset()
    try:
        cut = units(content_of(content, path), path)
    except ChangesRefused:
        return frozenset()
    return frozenset(unit.name for unit in cut if unit.key and unit.kind in (Kind.SECTION, Kind.FIELD))
