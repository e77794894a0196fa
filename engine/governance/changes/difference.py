"""How two texts differ, clause by clause."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from syngraph.engine.governance.changes.change import (
    AddFile,
    Change,
    Changes,
    Delete,
    DeleteFile,
    Insert,
    Move,
    Replace,
    ReplaceFile,
    content_of,
    digest,
)
from syngraph.engine.text.store import Tree
from syngraph.engine.text.units import Name, Unit, is_whole, units


def difference(old: Tree, new: Tree, paths: Iterable[str] | None = None) -> Changes:
    """The changes that make the new text of the old one; of `paths` only, where they are given.

    Files in the order of their paths; in each what goes, what reads otherwise, then from top to bottom what is new or moved.

    Raises: StoreError; ChangesRefused for a file that is no UTF-8.
    """
    before, after = frozenset(old.paths()), frozenset(new.paths())
    return tuple(
        change
        for path in sorted(set(paths) if paths is not None else before | after)
        for change in _of_file(old, new, path, path in before, path in after)
    )


def _of_file(old: Tree, new: Tree, path: str, was: bool, is_: bool) -> Iterator[Change]:
    first, second = (old.read(path) if was else None), (new.read(path) if is_ else None)
    if first == second:
        return
    if first is None:
        assert second is not None
        yield AddFile(path, content_of(second, path))
        return
    text = content_of(first, path)
    if second is None:
        yield DeleteFile(path, digest(text))
        return
    changed = content_of(second, path)
    cut, cut_new = units(text, path), units(changed, path)
    if is_whole(cut) or is_whole(cut_new):
        yield ReplaceFile(path, digest(text), changed)
    else:
        yield from _of_units(path, cut, cut_new)


def _of_units(path: str, old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Change]:
    before, after = {unit.name: unit for unit in old}, {unit.name: unit for unit in new}
    for unit in old:
        if unit.name not in after:
            yield Delete(path, unit.kind, unit.key, digest(unit.text))
    for unit in new:
        if unit.name in before and before[unit.name].text != unit.text:
            yield Replace(path, unit.kind, unit.key, digest(before[unit.name].text), unit.text)
    resting = at_rest([unit.name for unit in old], [unit.name for unit in new])
    behind: Name | None = None
    for unit in new:
        if unit.name not in before:
            yield Insert(path, unit.kind, unit.key, behind, unit.text)
        elif unit.name not in resting:
            yield Move(path, unit.kind, unit.key, digest(before[unit.name].text), behind)
        behind = unit.name


def at_rest(old: Sequence[Name], new: Sequence[Name]) -> frozenset[Name]:
    """The names that need not move for the old order to become the new: as many as can be (a longest rising subsequence).

    >>> from syngraph.engine.text.units import Kind
    >>> a, b, c = ((Kind.SECTION, key) for key in "abc")
    >>> sorted(key for _, key in at_rest([a, b, c], [c, a, b]))
    ['a', 'b']
    """
    places = {name: place for place, name in enumerate(old)}
    common = [name for name in new if name in places]
    tops: list[int] = []
    ends: list[int] = []
    above: list[int] = []
    for index, name in enumerate(common):
        length = bisect_left(tops, places[name])
        above.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [places[name]]
        ends[length : length + 1] = [index]
    found: list[Name] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(common[index])
        index = above[index]
    return frozenset(found)
