"""The order of clauses when two sides have added, moved and deleted some."""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cmp_to_key

from syngraph.engine.governance.changes.difference import at_rest
from syngraph.engine.text.units import Kind, Name

Levels = Callable[[Name], int]


class DisorderError(Exception):
    """Two orders that cannot both be had; `names` are the clauses that stand differently."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = tuple(names)
        super().__init__(self.names)


def depth(kind: Kind, key: str, level: int) -> int:
    """How far in a unit stands: it belongs to the last one before it that stands less far in."""
    match kind:
        case Kind.FIELD | Kind.PRINCIPAL:
            return 10
        case Kind.KEY:
            return 9
        case Kind.FRAME:
            return 8
        case Kind.SECTION:
            return level if key else 7
        case Kind.FILE:
            return 0


def merged(base: Sequence[Name], ours: Sequence[Name], theirs: Sequence[Name], levels: Levels) -> list[Name]:
    """The order of all names that both sides have or one has added; what one side has deleted is left out.

    What both added at one place stands sub-clauses first, so that they stay below the clause that they were written for, and
    then in the order of their names: which side is which makes no difference.

    Raises: DisorderError
    """
    was, first, second = frozenset(base), frozenset(ours), frozenset(theirs)
    common = was & first & second
    order = _moved(*([name for name in names if name in common] for names in (base, ours, theirs)))
    added, added_too = _added(ours, common, was), _added(theirs, common, was)
    anchors = {name: anchor for anchor, names in added.items() for name in names}
    astray = [name for anchor, names in added_too.items() for name in names if anchors.get(name, anchor) != anchor]
    if astray:
        raise DisorderError(astray)
    found: list[Name] = []
    for anchor in (None, *order):
        if anchor is not None:
            found.append(anchor)
        found += _joined(added.get(anchor, []), added_too.get(anchor, []), levels)
    return found


def _moved(base: list[Name], ours: list[Name], theirs: list[Name]) -> list[Name]:
    """The order of names that all three have: of two, the one that either side has turned round comes first as it says.

    Raises: DisorderError where both have moved a name, and to different places.
    """
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    orders = (base, ours, theirs)
    here, there = frozenset(ours) - at_rest(base, ours), frozenset(theirs) - at_rest(base, theirs)
    gaps = [_gaps(names, here | there) for names in orders]
    places = [{name: place for place, name in enumerate(names)} for names in orders]
    held: dict[int, list[Name]] = {}
    for name in base:
        if name in here or name in there:
            was, one, other = (each[name] for each in gaps)
            low, high = sorted((one, other))
            if low < was < high or (name in here and name in there and one != other):
                raise DisorderError([name])
            held.setdefault(high if was <= low else low, []).append(name)

    def compare(name: Name, to: Name) -> int:
        was, one, other = (each[name] < each[to] for each in places)
        return -1 if (one if one == other else not was) else 1

    found: list[Name] = []
    resting = [name for name in base if name not in here and name not in there]
    for index in range(len(resting) + 1):
        found += sorted(held.get(index, ()), key=cmp_to_key(compare))
        found += resting[index : index + 1]
    return found


def _gaps(names: Sequence[Name], moved: Set[Name]) -> dict[Name, int]:
    """For each that has moved, how many of those that have not stand before it."""
    found: dict[Name, int] = {}
    count = 0
    for name in names:
        if name in moved:
            found[name] = count
        else:
            count += 1
    return found


def _added(names: Sequence[Name], common: Set[Name], was: Set[Name]) -> dict[Name | None, list[Name]]:
    """What a side has added, by the last name before it that all three have."""
    found: dict[Name | None, list[Name]] = {}
    anchor: Name | None = None
    for name in names:
        if name in common:
            anchor = name
        elif name not in was:
            found.setdefault(anchor, []).append(name)
    return found


def _joined(ours: list[Name], theirs: list[Name], levels: Levels) -> Iterator[Name]:
    """What both sides have added at one place, each name once."""
    here, there = frozenset(ours), frozenset(theirs)
    shared = [name for name in ours if name in there]
    if shared != [name for name in theirs if name in here]:
        raise DisorderError(shared)
    for index, (one, other) in enumerate(zip(_split(ours, shared), _split(theirs, shared), strict=True)):
        runs = [*_runs(one, levels), *_runs(other, levels)]
        for run in sorted(runs, key=lambda run: (-levels(run[0]), run[0])):
            yield from run
        yield from shared[index : index + 1]


def _split(names: list[Name], at: Sequence[Name]) -> list[list[Name]]:
    found: list[list[Name]] = [[]]
    ends = frozenset(at)
    for name in names:
        if name in ends:
            found.append([])
        else:
            found[-1].append(name)
    return found


def _runs(names: list[Name], levels: Levels) -> list[list[Name]]:
    """The names in runs, each with all that stands as far in as its first or further."""
    found: list[list[Name]] = []
    for name in names:
        if not found or levels(name) < levels(found[-1][0]):
            found.append([])
        found[-1].append(name)
    return found
